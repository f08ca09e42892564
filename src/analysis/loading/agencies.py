"""Names of news agencies: what a code or a full name in a dispatch stands for.

A code that is not listed is kept as written. Names are public facts, collected for this project.
"""

from __future__ import annotations

import re
from functools import cache

# canonical name: other ways it is written, in any case
AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press",),
    "AFP": ("Agence France-Presse", "Agence France Presse"),
    "Anadolu": ("AA", "Anadolu Agency", "Anadolu Ajansi"),
    "ANI": ("Asian News International",),
    "ANP": ("Algemeen Nederlands Persbureau",),
    "ANSA": ("Agenzia Nazionale Stampa Associata",),
    "AP": ("Associated Press", "The Associated Press"),
    "APA": ("Austria Presse Agentur", "Austria Press Agency"),
    "Belga": ("Belga News Agency",),
    "Bernama": ("Malaysian National News Agency",),
    "Bloomberg": ("Bloomberg News",),
    "CP": ("Canadian Press", "The Canadian Press"),
    "CTK": ("Czech News Agency",),
    "dpa": ("Deutsche Presse-Agentur", "Deutsche Presse Agentur", "German Press Agency"),
    "EFE": ("Agencia EFE", "EFECOM", "EFEAGRO", "EFEVERDE"),
    "Europa Press": (),
    "IANS": ("Indo-Asian News Service",),
    "Interfax": (),
    "IRNA": ("Islamic Republic News Agency",),
    "Keystone-ATS": ("ATS", "Keystone-SDA", "SDA"),
    "KCNA": ("Korean Central News Agency",),
    "Kyodo": ("Kyodo News",),
    "Lusa": ("Agencia Lusa",),
    "MENA": ("Middle East News Agency",),
    "NTB": ("Norsk Telegrambyra",),
    "PA": ("PA Media", "Press Association"),
    "PAP": ("Polish Press Agency",),
    "PTI": ("Press Trust of India",),
    "Reuters": ("Reuter", "RTRS", "Thomson Reuters"),
    "RIA Novosti": ("RIA",),
    "Ritzau": (),
    "SANA": ("Syrian Arab News Agency",),
    "SPA": ("Saudi Press Agency",),
    "STT": ("Finnish News Agency",),
    "TASS": ("ITAR-TASS",),
    "TT": ("TT News Agency",),
    "Ukrinform": (),
    "UNI": ("United News of India",),
    "UPI": ("United Press International",),
    "VNA": ("Vietnam News Agency",),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua News Agency",),
    "Yonhap": ("Yonhap News Agency",),
}

_CREDIT_PARTS = re.compile(
    r"(\s*[|•·,–—/()]\s*|\s+-\s+|\s+(?:and|with|for|et|avec|und|mit|y|con|e)\s+)", re.IGNORECASE
)


def known_agency(name: str) -> str | None:
    """Canonical name of the agency written as `name`, or None where it is not in the table.

    >>> known_agency("AGENCE FRANCE-PRESSE"), known_agency("rtrs"), known_agency("MPA")
    ('AFP', 'Reuters', None)
    """
    return _index().get(_fold(name))


def canonical_agency(name: str) -> str:
    """Canonical name of the agency, or `name` as written where the table does not know it.

    >>> canonical_agency("The Associated Press"), canonical_agency("MPA")
    ('AP', 'MPA')
    """
    return known_agency(name) or name.strip()


def split_credit(text: str) -> tuple[str | None, str | None]:
    """Writer and agency of a byline or credit; None for the one that it does not name.

    >>> split_credit("Pel Oram, Associated Press"), split_credit("Pel Oram with AFP")
    (('Pel Oram', 'AP'), ('Pel Oram', 'AFP'))
    >>> split_credit("Agence France-Presse"), split_credit("Ilva Drost and Pel Oram")
    ((None, 'AFP'), ('Ilva Drost and Pel Oram', None))
    """
    if agency := known_agency(text):
        return None, agency
    pieces = _CREDIT_PARTS.split(text)
    at = next((i for i in range(0, len(pieces), 2) if known_agency(pieces[i])), None)
    if at is None:
        return text.strip() or None, None
    before, after = "".join(pieces[: max(at - 1, 0)]), "".join(pieces[at + 2 :])
    writer = before.strip() or after.strip()
    signature = re.fullmatch("[a-z]{1,4}", writer)  # dpa/sel: the initials name nobody
    return (writer if writer and not signature else None), known_agency(pieces[at])


def _fold(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


@cache
def _index() -> dict[str, str]:
    index = {}
    for canonical, others in AGENCIES.items():
        for name in (canonical, *others):
            index[_fold(name)] = canonical
    return index
