"""From a text to its words, folded so that a re-typed copy keeps them.

Letter case and punctuation are no part of a word, for desks change both: "U.S." is "US", "mln-dlr"
is "mlndlr". A double hyphen and a long dash part words. Scripts written without spaces
give one word a character.
"""

from __future__ import annotations

import re
import unicodedata

_UPPER, _LOWER = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"
_SPACES = bytes(range(33)) + b"\x7f"
_FOLD = bytes.maketrans(_UPPER + _SPACES, _LOWER + b" " * len(_SPACES))
_PUNCTUATION = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PARTING = re.compile("--+|[–—―\x00-\x20\x7f]+")
# Python's \w leaves out combining marks, without which many scripts' words fall together.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e00-\u109f\u1780-\u17ff"
)
_DROPPED = re.compile(rf"[^\w\s{_MARKS}]|_")
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003134f])"
)


def words_of(text: str) -> list[bytes]:
    """Return the folded words of a text, each as UTF-8.

    >>> words_of("U.S. mln-dlr deal -- 'Yes,' he said")
    [b'us', b'mlndlr', b'deal', b'yes', b'he', b'said']
    >>> [word.decode() for word in words_of("Élan über 北京.")]
    ['élan', 'über', '北', '京']
    """
    if text.isascii():
        plain = text.encode()
        if b"--" in plain:
            plain = plain.replace(b"--", b" ")
        return plain.translate(_FOLD, _PUNCTUATION).split()
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = _DROPPED.sub("", _PARTING.sub(" ", folded))
    return _UNSPACED.sub(r" \1 ", folded).encode("utf-8", "surrogatepass").split()
