"""Names of languages as archives write them, and their BCP 47 tags."""

from __future__ import annotations

import re

_NAMES = {
    "ar": "arabic arabisch arabe",
    "bg": "bulgarian bulgarisch",
    "cs": "czech tschechisch",
    "da": "danish dänisch dansk",
    "de": "german deutsch allemand alemán tedesco",
    "el": "greek griechisch",
    "en": "english englisch anglais inglés inglese",
    "es": "spanish spanisch español espagnol castellano spagnolo",
    "fi": "finnish finnisch",
    "fr": "french französisch français francés francese",
    "he": "hebrew hebräisch",
    "hi": "hindi",
    "hu": "hungarian ungarisch",
    "id": "indonesian",
    "it": "italian italienisch italiano italien",
    "ja": "japanese japanisch",
    "ko": "korean koreanisch",
    "nl": "dutch niederländisch nederlands néerlandais",
    "no": "norwegian norwegisch norsk",
    "pl": "polish polnisch",
    "pt": "portuguese portugiesisch português portugais",
    "ro": "romanian rumänisch",
    "ru": "russian russisch russe",
    "sv": "swedish schwedisch svenska",
    "tr": "turkish türkisch",
    "uk": "ukrainian ukrainisch",
    "vi": "vietnamese",
    "zh": "chinese chinesisch",
}
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}


def language_tag(name: str | None) -> str | None:
    """Return the BCP 47 tag of the first language named, or None where none is known.

    >>> language_tag("ENGLISH; NEWSPAPER"), language_tag("Deutsch"), language_tag("Selkish")
    ('en', 'de', None)
    """
    first = re.match(r"\s*([^\W\d_]+)", name or "")
    return _TAGS.get(first[1].casefold()) if first else None
