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

    A known agency in the dateline wrote it; then the first known agency among the writers; then
    the agency that the dateline names; then the first writer as it is named. Only beside a writer
    that is a known agency is there an outlet: the first publisher with a name, if that is no
    known agency itself.

    >>> agency_and_outlet([["Associated Press"]], [["The Tolmar Ledger"]], None)
    ('AP', 'The Tolmar Ledger')
    """
    writers = [[form for form in party if form] for party in writers]
    known = next((agency for party in writers if (agency := _known(party))), None)
    filed = known_agency(in_dateline) if in_dateline else None
    if known is None:
        named = next((name for party in writers if (name := _name(party))), None)
        return filed or in_dateline or named, None
    publisher = next((party for party in publishers if _name(party)), [])
    return filed or known, None if _known(publisher) else _name(publisher)


def _known(party: Party) -> str | None:
    return next((agency for form in party if form and (agency := agency_of(form))), None)


def _name(party: Party) -> str | None:
    return next((form for form in party if form and not form.startswith("http")), None)
