"""Language of a text, identified from its letters where the input does not state it."""

from __future__ import annotations

from functools import cache
from typing import Any

HEAD = 1000  # characters read: more cost time and decide nothing
_LEAST_LETTERS = 40
_LEAST_CONFIDENCE = 0.8
_NONE = {"zxx", "und"}  # no language, undetermined
_HALF_LETTERS = 150  # from so many letters on, both halves must be of one language


def identify_language(text: str) -> str | None:
    """BCP 47 tag of the language that `text` is written in; None where that is not clear.

    The first 1,000 characters are read by py3langid (naive Bayes over byte sequences, Lui and
    Baldwin, 2012, ACL), with all its languages. None for fewer than 40 letters, for a probability
    below 0.8, and where the two halves of a longer text, read apart, are not of one language.

    >>> identify_language("Die Fähren fuhren am Montag wieder über die Meerenge, sagte der Hafen.")
    'de'
    >>> identify_language("Selk Strait") is None
    True
    """
    head = text[:HEAD]
    if sum(map(str.isalpha, head)) < _LEAST_LETTERS:
        return None
    middle = len(head) // 2
    halves = (head[:middle], head[middle:])
    whole = any(sum(map(str.isalpha, half)) < _HALF_LETTERS for half in halves)
    found = [_identifier().classify(part) for part in ((head,) if whole else halves)]
    languages = {language for language, _ in found}
    sure = all(confidence >= _LEAST_CONFIDENCE for _, confidence in found)
    return str(found[0][0]) if sure and len(languages) == 1 and not languages & _NONE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    untyped: Any = LanguageIdentifier
    return untyped.from_model_file(MODEL_FILE, norm_probs=True)
