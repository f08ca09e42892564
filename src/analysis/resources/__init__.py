"""Word lists the rules read: cues, roles, organisations, names, countries, function words.

All lists are this project's own work; `docs/attribution.md` is their card. They are read on first
use and kept, so importing the package costs nothing.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the list `name` (without ``.csv``), one dictionary a row.

    Raises
    ------
    FileNotFoundError
        When no such list is shipped.

    >>> rows("cues")[0]["lemma"]
    'accede to'
    """
    text = (resources.files(__name__) / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words(name: str, key: str, value: str) -> dict[str, str]:
    """Return the list `name` as a mapping from its column `key` to its column `value`.

    A cell of `key` may hold several words parted by ``|``.

    >>> words("roles", "noun", "source_type")["spokeswoman"]
    ''
    """
    return {word: row[value] for row in rows(name) for word in row[key].split("|")}
