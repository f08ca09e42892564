"""Who wrote and who published an item, from the parties that its metadata names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analysis.loading.agencies import known_agency

_COMPANY = re.compile(
    r"[,\s]+(?:gmbh|s\.?p\.?a\.?|inc\.?|ltd\.?|limited|llc|plc|ag|ab|s\.?a\.?)$", re.IGNORECASE
)
_HOST = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+)\.[a-z]{2,6}(?:\.[a-z]{2})?(?:/.*)?", re.I)

Party = list[str]  # the forms that one party is given in, the most readable first


def agency_of(name: str) -> str | None:
    """The agency that a name, a code (nprov:dpa) or a host name stands for; None for others.

    >>> agency_of("Deutsche Presse-Agentur GmbH"), agency_of("reuters.com"), agency_of("CL")
    ('dpa', 'Reuters', None)
    """
    host = _HOST.fullmatch(name)
    forms = [name, _COMPANY.sub("", name), name.rpartition(":")[2], host[1] if host else ""]
    return next((known for form in forms if form and (known := known_agency(form))), None)


def agency_and_outlet(
    writers: Iterable[Party], publishers: Iterable[Party], in_dateline: str | None
) -> tuple[str | None, str | None]:
    """Agency and outlet, from the parties in the order in which they speak for the writer.

    The first known agency among the writers wrote it; then the one that the dateline names; then
    the first writer as it is named. Beside an agency so found, the first publisher that is no
    known agency published it.

    >>> agency_and_outlet([["Associated Press"]], [["The Tolmar Ledger"]], None)
    ('AP', 'The Tolmar Ledger')
    """
    writers = [[form for form in party if form] for party in writers]
    known = next((agency for party in writers if (agency := _known(party))), None) or in_dateline
    if known is None:
        return next((name for party in writers if (name := _name(party))), None), None
    for party in publishers:
        name = _name(party)
        if name and _known(party) is None and name.casefold() != known.casefold():
            return known, name
    return known, None


def _known(party: Party) -> str | None:
    return next((agency for form in party if form and (agency := agency_of(form))), None)


def _name(party: Party) -> str | None:
    return next((form for form in party if form and not form.startswith("http")), None)
