"""What a mail's header states of the dispatch in it: subject, time, and an agency as sender."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.utils import parseaddr
from typing import Any

from analysis.loading.agencies import known_agency
from analysis.loading.dates import parse_published
from analysis.loading.members import Stated
from analysis.loading.records import Cut

_LONGEST = 2000
_ZONE = re.compile(r"(?<=\d)\s+([+-]\d{4}|[A-Z]{1,4})(?=\s*(?:\(|$))")


def stated_by_mail(mail: Any) -> Stated:
    """Subject as headline, Date as time of publication, a known agency among the senders.

    A page that a browser saved as a mail states its address; its date is that of the saving.
    """
    sender, date = header(mail.get("From")), header(mail.get("Date"))
    saved = header(mail.get("Snapshot-Content-Location"))
    cuts = [
        Cut("metadata", f"mail header {name}", value)
        for name, value in (("From", sender), ("Date", date))
        if value
    ]
    agency = known_agency(parseaddr(sender)[0]) if sender else None
    if saved:
        return Stated(headline=header(mail.get("Subject")), url=saved, cuts=tuple(cuts))
    published = parse_published(date) if date else None
    zone = _ZONE.search(date) if date and published and published.precision == "time" else None
    return Stated(
        headline=header(mail.get("Subject")),
        agency=agency,
        published=published,
        published_zone=zone[1] if zone else None,
        published_evidence="mail Date" if published else None,
        cuts=tuple(cuts),
    )


def header(value: Any) -> str | None:
    """A header field as text, unfolded and with its encoded words decoded; None for an empty one.

    >>> header("=?utf-8?q?F=C3=A4hren_fahren?= wieder")
    'Fähren fahren wieder'
    """
    text = str(value or "")[:_LONGEST]
    try:
        pieces = decode_header(text)
    except (HeaderParseError, ValueError):
        pieces = [(text, None)]
    words = "".join(_decoded(piece, encoding) for piece, encoding in pieces)
    words = " ".join(words.split())
    return words.encode("utf-8", "replace").decode() or None


def _decoded(piece: str | bytes, encoding: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(encoding or "utf-8")
    except (LookupError, ValueError):
        return piece.decode("latin-1")
