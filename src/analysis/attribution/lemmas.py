"""The dictionary form of a cue."""

from __future__ import annotations

from functools import cache

from analysis.attribution.lexicon import cue_verbs, cues_of, noun_cues, word_classes
from analysis.text.tokens import token_spans

# Words that stand around the main word of a cue.
AROUND = frozenset({"auxiliary", "negation", "preposition", "infinitive", "that", "adverb",
                    "determiner", "conjunction", "pronoun"})  # fmt: skip


@cache
def says_something(cue: str) -> bool:
    """Whether a cue has a word of its own: "is to" has none, "according to" and "per" are listed.

    >>> says_something("has been saying"), says_something("per"), says_something("would be")
    (True, True, False)
    """
    lowered = cue.lower()
    if any(lowered in cues_of(category) for category in ("preposition", "adjective", "adverb")):
        return True
    classes = word_classes()
    words = [lowered[s:e] for s, e in token_spans(lowered)]
    return any(word.isalpha() and classes.get(word) not in AROUND for word in words)


@cache
def lemma_of(cue: str) -> str:
    """Return the dictionary form of a cue's main word, or the word itself where it is not listed.

    >>> lemma_of("has repeatedly denied"), lemma_of("According to"), lemma_of("whispered")
    ('deny', 'according to', 'whisper')
    """
    lowered = cue.lower()
    for category in ("preposition", "adjective", "adverb"):
        if lowered in cues_of(category):
            return cues_of(category)[lowered].lemma
    words = [lowered[s:e] for s, e in token_spans(lowered)]
    verbs, nouns, classes = cue_verbs(), noun_cues(), word_classes()
    main = [w for w in words if classes.get(w) not in AROUND] or words
    for word in reversed(main):
        if word in verbs:
            return _verb(word, words)
        if word in nouns:
            return nouns[word].lemma
    return main[-1] if main else lowered


def _verb(word: str, words: list[str]) -> str:
    """The entry whose particles stand in the cue, or the plain verb."""
    after = words[words.index(word) + 1 :]
    forms = cue_verbs()[word]
    for form in forms:
        if form.cue.particles and tuple(after[: len(form.cue.particles)]) == form.cue.particles:
            return form.cue.lemma
    return next((f.cue.lemma for f in forms if not f.cue.particles), forms[0].cue.lemma)
