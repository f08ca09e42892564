"""What an uncased encoder does not see of a word: its shape, and what the word lists know of it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.attribution.lexicon import cue_verbs, cues_of, noun_cues, word_classes
from analysis.attribution.mentions import role_list
from analysis.resources import rows
from analysis.schema import SOURCE_TYPES

WORD = re.compile(r"\w+|[^\w\s]")
# The classes of each feature in order; a trained model depends on the order.
SHAPES = ("lower", "capitalised", "capitals", "number", "mark", "mixed")
QUOTATION = ("outside", "inside", "opening", "closing")
PLACES = ("within", "sentence", "paragraph")
CUES = ("none", "statement", "directive", "thought", "noun", "adjective", "phrase", "auxiliary",
        "negation", "pronoun", "relative", "that", "to")  # fmt: skip
BEARERS = ("none", *SOURCE_TYPES, "person", "document-noun", "given-name", "country")
SIZES = (len(SHAPES), len(QUOTATION), len(PLACES), len(CUES), len(BEARERS))


class WordFeatures(NamedTuple):
    """Indices into `SHAPES`, `CUES` and `BEARERS`."""

    shape: int
    cue: int
    bearer: int


@lru_cache(maxsize=65_536)
def word_features(form: str) -> WordFeatures:
    """Return the features of one word as written.

    >>> said, minister = word_features("said"), word_features("Minister")
    >>> CUES[said.cue], SHAPES[minister.shape], BEARERS[minister.bearer]
    ('statement', 'capitalised', 'government')
    """
    lowered = form.lower()
    return WordFeatures(
        SHAPES.index(_shape(form)),
        CUES.index(_cue_words().get(lowered, "none")),
        BEARERS.index(_bearer(form, lowered)),
    )


def _shape(form: str) -> str:
    if not (form[0].isalnum() or form[0] == "_"):
        return "mark"
    if any(c.isdigit() for c in form):
        return "number"
    if form.islower():
        return "lower"
    if form.isupper() and len(form) > 1:
        return "capitals"
    return "capitalised" if form[0].isupper() else "mixed"


def _bearer(form: str, lowered: str) -> str:
    by_case = _capitalised_words().get(form)
    return by_case or _role_words().get(lowered, "none")


@cache
def _cue_words() -> dict[str, str]:
    """The class of each word that can belong to a cue, the more telling class last."""
    found: dict[str, str] = {}
    classes = {"auxiliary": "auxiliary", "negation": "negation", "pronoun": "pronoun",
               "relative": "relative", "that": "that", "infinitive": "to"}  # fmt: skip
    for word, kind in word_classes().items():
        if kind in classes:
            found[word.strip("'’")] = classes[kind]
    for category, name in (("preposition", "phrase"), ("adverb", "phrase"),
                           ("adjective", "adjective")):  # fmt: skip
        for lemma in cues_of(category):
            found.setdefault(lemma.split()[0], name)
    for word in noun_cues():
        found.setdefault(word.split()[0], "noun")
    for word, forms in cue_verbs().items():
        found[word] = forms[0].cue.act
    return found


@cache
def _role_words() -> dict[str, str]:
    found = {}
    for noun, role in role_list().items():
        kind = "document-noun" if role.kind == "document" else role.source_type or "person"
        found[noun.split()[-1]] = kind
    return found


@cache
def _capitalised_words() -> dict[str, str]:
    found = {row["name"]: "given-name" for row in rows("given_names")}
    for row in rows("organisations"):
        if " " not in row["word"]:
            found[row["word"]] = row["source_type"]
    for row in rows("countries"):
        for cell in (row["name"], row["demonym"] or ""):
            for word in cell.split("|"):
                if word and " " not in word:
                    found[word] = "country"
    return found
