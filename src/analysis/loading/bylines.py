"""Writers named in byline lines, without "By" and without the agency's own name."""

from __future__ import annotations

import re

from analysis.loading.agencies import known_agency

_BY = re.compile(r"^\W*(?:by|von|par|por)(?::\s*|\s+)", re.I)
_NO_NAME = re.compile(
    r"(?:\w+ )?(?:correspondents|reporters|agencies)|(?:\w+ )?staff(?: \w+)?|our own \w+", re.I
)


def writer(line: str | None) -> str | None:
    """Return the writer that a byline names; None for an agency, or for nobody by name.

    >>> writer("By Pel Oram, dpa ="), writer("by The Associated Press"), writer("By dpa reporters")
    ('Pel Oram', None, None)
    """
    name = _BY.sub("", " ".join((line or "").split())).strip(" ,;=<")
    head, _, last = name.rpartition(",")
    if head and known_agency(last):
        name = head.strip(" ,")
    return None if not name or known_agency(name) or _NO_NAME.fullmatch(name) else name
