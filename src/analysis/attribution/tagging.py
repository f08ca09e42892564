"""Word classes for the grammar of reporting: a light tagger, no model.

Closed classes come from a list; verbs from known forms and endings, decided by their neighbours;
everything else is a noun or an adjective, which the grammar need not tell apart.

| tag | class | tag | class |
|---|---|---|---|
| D | determiner, possessive pronoun | V | finite verb |
| P | pronoun | E | past participle, or past tense that may be one |
| M | name (capitalised) | B | bare verb form |
| N | noun, adjective | G | gerund, present participle |
| # | number | X | auxiliary |
| W | day, month, time word | Z | negation |
| I | preposition | A | adverb |
| T | infinitive "to" | C | and, or, but |
| H | "that" | S | subordinator |
| R | relative pronoun | K | question word, if, whether |
| ' | possessive 's | Q, q | quotation, quoted term |
| , . ; : - ( ) | punctuation | " | stray quotation mark |
"""

from __future__ import annotations

from functools import cache

from analysis.attribution.lexicon import cue_verbs, verb_forms, word_classes

CLASS_TAGS = {
    "determiner": "D",
    "pronoun": "P",
    "relative": "R",
    "question": "K",
    "conjunction": "C",
    "subordinator": "S",
    "preposition": "I",
    "auxiliary": "X",
    "negation": "Z",
    "infinitive": "T",
    "that": "H",
    "adverb": "A",
    "time": "W",
    "noun": "N",
}
PUNCTUATION = {
    ",": ",", ".": ".", "?": ".", "!": ".", "…": ".", "...": ".", ";": ";", ":": ":",
    "-": "-", "–": "-", "—": "-", "--": "-", "‒": "-", "(": "(", "[": "(", ")": ")", "]": ")",
    "'": "'", "’": "'", "%": "N", "&": "C", "$": "#", "/": "N", "#": "N", "@": "N",
}  # fmt: skip
MODALS = frozenset(
    "will would can could may might must shall should do does did 'll 'd ’ll ’d ca wo".split()
)
BE = frozenset("is are was were be been being am 's ’s 're ’re 'm ’m get gets got getting".split())
HAVE = frozenset("has have had having 've ’ve 'd ’d 's ’s".split())
CLITICS = frozenset("'s ’s".split())
# What may stand before a clitic 's that is "is" or "has" rather than a possessive.
CLITIC_HOSTS = frozenset("he she it that there who what here where how let".split())
TITLES = frozenset(
    "mr. mrs. ms. dr. prof. gen. lt. col. maj. capt. sgt. adm. cmdr. brig. sen. rep. gov. rev. hon."
    " pres. supt. det. insp. mr mrs ms dr prof gen lt col capt sen rep gov rev sir".split()
)
# Present forms that no noun shares.
ONLY_VERBS = frozenset(
    "says believes thinks knows insists argues contends adds alleges asserts maintains acknowledges"
    " admits denies warns explains suggests writes tells concludes confirms declares predicts"
    " describes accuses recommends reiterates emphasizes stresses reveals condemns"
    " criticizes".split()
)


def tag_items(forms: list[str], quotations: dict[int, str]) -> list[str]:
    """Return the tag of each item; `quotations` gives those of whole quotations.

    >>> "".join(tag_items("Officials said the talks had failed .".split(), {}))
    'NVDNXE.'
    >>> "".join(tag_items("She denied the claims on Monday .".split(), {}))
    'PVDNIW.'
    """
    tags = [quotations.get(i) or _lexical(form) for i, form in enumerate(forms)]
    words = [form.lower() for form in forms]
    for i, tag in enumerate(tags):
        if i in quotations:
            continue
        if tag == "M":
            tags[i] = _capitalised(i, forms, words, tags)
            tag = tags[i]
        if tag == "v":
            tags[i] = _verb_or_noun(i, words, tags)
        elif words[i] in CLITICS:
            is_verb = i > 0 and (words[i - 1] in CLITIC_HOSTS)
            tags[i] = "X" if is_verb else "'"
        elif tag == "H":
            tags[i] = _that(i, tags)
        elif words[i] == "may" and forms[i] == "may":
            tags[i] = "X"
    return tags


@cache
def _lexical(form: str) -> str:
    """The class of a form by itself; "v" where a verb is possible, to be decided in context."""
    if form in PUNCTUATION:
        return PUNCTUATION[form]
    lower = form.lower()
    if not form[0].isalnum() and lower not in word_classes():
        return "#" if form[0] in "$€£¥" else '"'
    if form[0].isdigit():
        return "#"
    if lower in word_classes() and not _names_a_body(form, lower):
        return CLASS_TAGS[word_classes()[lower]]
    if lower in TITLES:
        return "M"
    if form[0].isupper():
        return "M"
    return "v" if _may_be_verb(lower) else "A" if _is_adverb(lower) else "N"


def _names_a_body(form: str, lower: str) -> bool:
    """Whether the capitals of a function word make it a name (US, WHO, IS, United)."""
    if form.isupper() and len(form) > 1 and lower in ("us", "it", "who", "is"):
        return True
    return form[0].isupper() and word_classes()[lower] == "noun"


def _is_adverb(lower: str) -> bool:
    return lower.endswith("ly") and len(lower) > 4 and lower not in NOUNS_IN_LY


NOUNS_IN_LY = frozenset(
    "family assembly july ally early italy daily weekly monthly supply reply likely only friendly"
    " elderly deadly anomaly rally costly".split()
)


def _may_be_verb(lower: str) -> bool:
    if lower in verb_forms():
        return True
    return len(lower) > 4 and lower.endswith(("ed", "ing")) and lower not in word_classes()


def _capitalised(i: int, forms: list[str], words: list[str], tags: list[str]) -> str:
    """A capital at the head of a sentence says nothing: such a word may be a verb or a noun."""
    if i > 0 and tags[i - 1] not in '":.-(':
        return "M"
    follows = tags[i + 1] if i + 1 < len(tags) else ""
    if words[i] in TITLES or follows == "M":
        return "M"
    if _is_adverb(words[i]):
        return "A"
    if _may_be_verb(words[i]) and words[i].endswith(("ing", "ed")):
        return "v"
    return "N" if words[i].endswith("s") and follows in ("v", "V", "X", "A", "I") else "M"


def _that(i: int, tags: list[str]) -> str:
    """ "that" as a determiner or pronoun only where nothing it could introduce follows."""
    follows = tags[i + 1] if i + 1 < len(tags) else "."
    if follows in "X.,;)":
        # "the men that were" / "that is why"
        return "R" if i and tags[i - 1] in "NM#" and follows == "X" else "P"
    if follows == "v" and i and tags[i - 1] in "NM#":
        return "R"
    return "H"


def _verb_or_noun(i: int, words: list[str], tags: list[str]) -> str:
    word = words[i]
    kinds = verb_forms().get(word) or _kinds_by_ending(word)
    left = _left_tag(i, tags)
    follows = tags[i + 1] if i + 1 < len(tags) else "."
    if "gerund" in kinds:
        return _gerund(i, tags, follows)
    if "past" in kinds or "participle" in kinds:
        return _past(i, words, tags, kinds, left, follows)
    return _present(i, words, tags, kinds, left, follows)


def _kinds_by_ending(word: str) -> frozenset[str]:
    return frozenset({"gerund"} if word.endswith("ing") else {"past", "participle"})


def _left_tag(i: int, tags: list[str]) -> str:
    j = i - 1
    while j >= 0 and tags[j] in "AZ":
        j -= 1
    return tags[j] if j >= 0 else ""


def _gerund(i: int, tags: list[str], follows: str) -> str:
    before = tags[i - 1] if i else ""
    if before in ("D", "'") and follows not in "DPHM":
        return "N"
    return "G"


def _past(
    i: int, words: list[str], tags: list[str], kinds: frozenset[str], left: str, follows: str
) -> str:
    word, before = words[i], tags[i - 1] if i else ""
    if left == "X" or left == "T":
        if "base" in kinds and _left_word(i, words, tags) in MODALS | {"to"}:
            return "B"
        return "E"
    if before in ("D", "'", "#") and follows in "NMvq#C":
        return "N"  # "the alleged gunman"
    if before == "N" and i > 1 and tags[i - 2] == "D" and follows == "N" and word not in _speech():
        return "E"
    if "past" not in kinds:
        return "E"
    if word in _speech() and left in ("N", "M", "P", "R", ")", "q"):
        return "V"
    if left in ("P", "R") or (left == "H" and "past" in kinds):
        return "V"
    return "V" if word in _only_past() else "E" if follows in "IT" and left in "NM" else "V"


@cache
def _only_past() -> frozenset[str]:
    """Past forms that differ from their participle: always finite."""
    return frozenset(
        w for w, kinds in verb_forms().items() if "past" in kinds and "participle" not in kinds
    )


@cache
def _speech() -> frozenset[str]:
    """Past forms of speech verbs: after a noun they report, they do not modify it."""
    return frozenset(
        word
        for word, forms in cue_verbs().items()
        for form in forms
        if "past" in form.kinds and {"q", "zero"} <= form.cue.frames
    )


def _left_word(i: int, words: list[str], tags: list[str]) -> str:
    j = i - 1
    while j >= 0 and tags[j] in "AZ":
        j -= 1
    return words[j] if j >= 0 else ""


def _present(
    i: int, words: list[str], tags: list[str], kinds: frozenset[str], left: str, follows: str
) -> str:
    word = words[i]
    before = tags[i - 1] if i else ""
    if left == "T" or (left == "X" and _left_word(i, words, tags) in MODALS):
        return "B" if "base" in kinds else "N"
    if left == "X" and words[i - 1] not in BE and "base" in kinds and before == "Z":
        return "B"
    if before in ("D", "'", "#", "I") or left == "X":
        return "N"
    if before == "R" and follows == "N" and "base" in kinds:
        return "N"
    if before in ("P", "R"):
        return "V"
    if "base" in kinds and "present" not in kinds:
        return _bare(i, word, words, tags, before, follows)
    if before in ("N", "M", ")", ",", "q", "A", "C", "Q"):
        return "V" if _opens_complement(i, words, tags, follows, word, before) else "N"
    return "N"


def _bare(i: int, word: str, words: list[str], tags: list[str], before: str, follows: str) -> str:
    plural = before == "N" and words[i - 1].endswith(("s", "people", "men", "women", "police"))
    if before == "M":
        plural = words[i - 1].endswith("s") and follows in "DPHKQ"
    if (plural or before in (")", ",")) and follows in "DPHKQTAMG:W#" and follows:
        return "V"
    if (
        word in ("say", "believe", "think", "know", "argue", "insist", "claim", "hope")
        and before in "NM,)Q"
    ):
        return "V"
    return "N"


def _opens_complement(
    i: int, words: list[str], tags: list[str], follows: str, word: str, before: str
) -> bool:
    """Whether a form in -s is a verb: what follows could be its complement."""
    if word in ONLY_VERBS:
        return True
    if follows in "DPHKQTXG#qA":
        return follows != "X" and not (follows == "T" and word in ("plans", "claims", "threats"))
    if follows in "MN" and before == "M":
        return True
    return (follows == "I" and before in "M)") or follows == ":"
