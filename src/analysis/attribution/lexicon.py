"""The cue list and the function words as look-up tables."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from analysis.resources import rows

# The forms a verb takes; a word may be several at once ("said" is past and participle).
BASE, PRESENT, PAST, PARTICIPLE, GERUND = "base", "present", "past", "participle", "gerund"


@dataclass(frozen=True)
class Cue:
    """One entry of the cue list: what it does and what may follow it."""

    lemma: str
    category: str
    act: str
    stance: str
    frames: frozenset[str]
    particles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One inflected form of a cue verb."""

    cue: Cue
    kinds: frozenset[str]


def inflect(lemma: str) -> dict[str, str]:
    """Return the regular forms of a verb.

    >>> list(inflect("imply").values())
    ['imply', 'implies', 'implying', 'implied', 'implied']
    >>> inflect("pledge")["gerund"]
    'pledging'
    """
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        present, past, gerund = lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    elif lemma.endswith("e"):
        present, past = lemma + "s", lemma + "d"
        gerund = lemma + "ing" if lemma.endswith("ee") else lemma[:-1] + "ing"
    else:
        sibilant = lemma.endswith(("s", "x", "z", "ch", "sh"))
        present, past, gerund = lemma + ("es" if sibilant else "s"), lemma + "ed", lemma + "ing"
    return {BASE: lemma, PRESENT: present, GERUND: gerund, PAST: past, PARTICIPLE: past}


@cache
def cue_verbs() -> dict[str, tuple[Form, ...]]:
    """Return the cue verbs by the first word of each form, longest (with particles) first."""
    found: dict[str, dict[Cue, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows("cues"):
        if row["category"] == "verb":
            cue = _cue(row)
            for kind, word in _verb_forms(row):
                found[word][cue].add(kind)
    return {
        word: tuple(
            Form(cue, frozenset(kinds))
            for cue, kinds in sorted(cues.items(), key=lambda item: -len(item[0].particles))
        )
        for word, cues in found.items()
    }


@cache
def cues_of(category: str) -> dict[str, Cue]:
    """Return the cues of one category that do not inflect as verbs, by lemma."""
    return {row["lemma"]: _cue(row) for row in rows("cues") if row["category"] == category}


@cache
def noun_cues() -> dict[str, Cue]:
    """Return the noun cues by singular and plural form."""
    found = {}
    for lemma, cue in cues_of("noun").items():
        found[lemma] = cue
        found[lemma[:-1] + "ies" if lemma.endswith("y") else lemma + "s"] = cue
    return found


@cache
def word_classes() -> dict[str, str]:
    """Return the class of each function word."""
    return {row["word"]: row["class"] for row in rows("function_words")}


@cache
def verb_forms() -> dict[str, frozenset[str]]:
    """Return every known verb form with what it may be: cue verbs, common and irregular verbs."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("irregular_verbs"):
        forms = {**inflect(row["base"]), PAST: row["past"], PARTICIPLE: row["participle"]}
        for kind, word in forms.items():
            found[word].add(kind)
    for row in rows("verbs"):
        for kind, word in inflect(row["base"]).items():
            found[word].add(kind)
    for word, forms_of in cue_verbs().items():
        for form in forms_of:
            found[word] |= form.kinds
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _cue(row: dict[str, str]) -> Cue:
    particles = tuple(row["lemma"].split()[1:]) if row["category"] == "verb" else ()
    frames = frozenset(row["frames"].split())
    return Cue(row["lemma"], row["category"], row["act"], row["stance"], frames, particles)


def _verb_forms(row: dict[str, str]) -> list[tuple[str, str]]:
    head = row["lemma"].split()[0]
    if not row["forms"]:
        return list(inflect(head).items())
    separator = "|" if len(row["lemma"].split()) > 1 else " "
    cells = row["forms"].split(separator)
    pairs = [(BASE, head)]
    for kind, cell in zip((PRESENT, GERUND, PAST, PARTICIPLE), cells, strict=True):
        pairs.extend((kind, word.split()[0]) for word in cell.split("|"))
    return pairs
