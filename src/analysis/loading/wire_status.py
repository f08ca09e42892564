"""What the words above a dispatch say about its version and status: leads, corrections, kills."""

from __future__ import annotations

import re

_LEAD = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th) ?(?:ld|lead)\b", re.I)
_KICKER = re.compile(
    r"\(?(?:\d{1,2}(?:st|nd|rd|th) )?(?:lead|extra|refile|recast|achtung|urgent|bulletin|flash|"
    r"correct(?:ion|ed)|kill|withhold|advisory|repeat(?:ing)?|repetition|update|special|roundup|"
    r"snap|alert|attention|embargoed?|eilmeldung)\)?(?: \d{1,2})?[:.]?",
    re.I,
)
_STATUS = (
    ("canceled", re.compile(r"\bkill\b|\bcancel(?:l?ed)?\b", re.I)),
    ("withheld", re.compile(r"\bwithh(?:o|e)ld\b", re.I)),
    ("corrected", re.compile(r"\bcorrect(?:ion|ed)\b", re.I)),
)


def is_kicker(line: str) -> bool:
    """Tell whether a line above the headline only says what kind of dispatch follows.

    >>> is_kicker("1ST LEAD"), is_kicker("(Achtung)"), is_kicker("Lead found in water")
    (True, True, False)
    """
    return _KICKER.fullmatch(line.strip()) is not None


def lead_version(text: str) -> int | None:
    """Return the version that a lead number states: the 1st lead replaces version 1.

    >>> lead_version("BC-US--Ferries, 1st Ld-Writethru"), lead_version("BC-US--Ferries")
    (2, None)
    """
    found = _LEAD.search(text)
    return int(found[1]) + 1 if found else None


def stated_status(text: str) -> str | None:
    """Return the status that a kicker or a keyword line states, or None.

    >>> stated_status("KILL"), stated_status("1ST LEAD")
    ('canceled', None)
    """
    return next((status for status, words in _STATUS if words.search(text)), None)
