"""A table of datelines as each agency prints them, with invented places; and what is none."""

from __future__ import annotations

import gzip
import json
import re
from datetime import date
from pathlib import Path

import pytest

from analysis.loading.datelines import parse_dateline

# Published 5 March 2024. Text of the dateline | place | date | agency, "-" for none.
TABLE = """
TOLMAR, March 4 (AFP) - | TOLMAR | 2024-03-04 | AFP
Tolmar, March 4, 2024 (AFP) - | Tolmar | 2024-03-04 | AFP
Tolmar (Kedrovia) (AFP) – | Tolmar (Kedrovia) | - | AFP
Tolmar, Kedrovia, March 4 (AFP) - | Tolmar, Kedrovia | 2024-03-04 | AFP
Port Ilvane (AFP) — | Port Ilvane | - | AFP
Tolmar, 4 mars 2024 (AFP) - | Tolmar | 2024-03-04 | AFP
Sarnitz, 4 mar 2024 (AFP) - | Sarnitz | 2024-03-04 | AFP
Sarnitz, 4. März (AFP) - | Sarnitz | 2024-03-04 | AFP
Sarnitz, 1er mars (AFP) - | Sarnitz | 2024-03-01 | AFP
TOLMAR (AP) — | TOLMAR | - | AP
TOLMAR, Kedrovia (AP) — | TOLMAR, Kedrovia | - | AP
PORT ILVANE, Maranto Islands (AP) — | PORT ILVANE, Maranto Islands | - | AP
ST. BRACK, N.D. (AP) — | ST. BRACK, N.D. | - | AP
TOLMAR, March 4 (AP) -- | TOLMAR | 2024-03-04 | AP
TOLMAR (AP) _ | TOLMAR | - | AP
UNITED ISLES (AP) — | UNITED ISLES | - | AP
TOLMAR, March 4 (Reuters) - | TOLMAR | 2024-03-04 | Reuters
TOLMAR/SARNITZ, March 4 (Reuters) - | TOLMAR/SARNITZ | 2024-03-04 | Reuters
TOLMAR/PORT ILVANE/SARNITZ, March 4 (Reuters) - | TOLMAR/PORT ILVANE/SARNITZ | 2024-03-04 | Reuters
TOLMAR, Kedrovia, March 4 (Reuters) - | TOLMAR, Kedrovia | 2024-03-04 | Reuters
TOLMAR (Reuters) - | TOLMAR | - | Reuters
(Reuters) - | - | - | Reuters
March 4 (Reuters) - | - | 2024-03-04 | Reuters
TOLMAR, Dec 31 (Reuters) - | TOLMAR | --12-31 | Reuters
TOLMAR, Feb 29 (Reuters) – | TOLMAR | 2024-02-29 | Reuters
ABOARD THE SELK STAR, March 4 (Reuters) - | ABOARD THE SELK STAR | 2024-03-04 | Reuters
Tolmar (dpa) - | Tolmar | - | dpa
Tolmar/Sarnitz (dpa) - | Tolmar/Sarnitz | - | dpa
Tolmar (dpa/sel) - | Tolmar | - | dpa
Bad Brackwasser (dpa) – | Bad Brackwasser | - | dpa
Tolmar, 4. März (dpa) - | Tolmar | 2024-03-04 | dpa
Tolmar, 4. Dezember (dpa) - | Tolmar | --12-04 | dpa
TOLMAR (dpa-AFX) - | TOLMAR | - | dpa-AFX
TOLMAR, March 4 (Xinhua) -- | TOLMAR | 2024-03-04 | Xinhua
TOLMAR, Jan. 16 (Xinhua) -- | TOLMAR | --01-16 | Xinhua
PORT ILVANE, Feb. 28 (Xinhua) -- | PORT ILVANE | 2024-02-28 | Xinhua
TOLMAR/SARNITZ, Feb. 28 (Xinhua) -- | TOLMAR/SARNITZ | 2024-02-28 | Xinhua
TOLMAR, March 4. /TASS/. | TOLMAR | 2024-03-04 | TASS
TOLMAR, March 4 /TASS/. | TOLMAR | 2024-03-04 | TASS
PORT ILVANE, February 28. /ITAR-TASS/. | PORT ILVANE | 2024-02-28 | TASS
TOLMAR /Kedrovia/, March 4. /TASS/. | TOLMAR /Kedrovia/ | 2024-03-04 | TASS
TOLMAR. March 4 (Interfax) - | TOLMAR | 2024-03-04 | Interfax
Tolmar, 4 mar (EFE).- | Tolmar | 2024-03-04 | EFE
Tolmar, 4 mar. (EFE) - | Tolmar | 2024-03-04 | EFE
Tolmar (Kedrovia), 4 mar (EFE).- | Tolmar (Kedrovia) | 2024-03-04 | EFE
Puerto Ilvana, 29 feb (EFE).- | Puerto Ilvana | 2024-02-29 | EFE
San Bracco, 4 de marzo de 2024 (EFE).- | San Bracco | 2024-03-04 | EFE
Tolmar, 12 ene (EFE).- | Tolmar | --01-12 | EFE
Tolmar, 4 mar (EFECOM).- | Tolmar | 2024-03-04 | EFE
TOLMAR, March 4, Kyodo - | TOLMAR | 2024-03-04 | Kyodo
TOLMAR, March 4 (Kyodo) - | TOLMAR | 2024-03-04 | Kyodo
TOLMAR, Mar. 4 (Kyodo) -- | TOLMAR | 2024-03-04 | Kyodo
TOLMAR, March 4 (UPI) -- | TOLMAR | 2024-03-04 | UPI
TOLMAR, Kedrovia, March 4 (UPI) -- | TOLMAR, Kedrovia | 2024-03-04 | UPI
TOLMAR (UPI) — | TOLMAR | - | UPI
(ANSA) - TOLMAR, 04 MAR - | TOLMAR | 2024-03-04 | ANSA
(ANSA) - TOLMAR, MAR 4 - | TOLMAR | 2024-03-04 | ANSA
(ANSA) - PORTO ILVANO, 29 FEB - | PORTO ILVANO | 2024-02-29 | ANSA
(ANSA-AFP) - TOLMAR, 04 MAR - | TOLMAR | 2024-03-04 | ANSA-AFP
(ANSA) - TOLMAR, 12 GEN - | TOLMAR | --01-12 | ANSA
(ANSA) - TOLMAR - | TOLMAR | - | ANSA
TOLMAR, Monday (Reuters) - | TOLMAR | - | Reuters
TOLMAR, Monday, March 4 (AFP) - | TOLMAR | 2024-03-04 | AFP
TOLMAR, Mon, March 4 (PTI) - | TOLMAR | 2024-03-04 | PTI
Tolmar, lundi 4 mars (Belga) - | Tolmar | 2024-03-04 | Belga
Tolmar, Montag (APA) - | Tolmar | - | APA
Tolmar, March 4 (PTI) | Tolmar | 2024-03-04 | PTI
Tolmar, Mar 4 (ANI): | Tolmar | 2024-03-04 | ANI
TOLMAR, March 4 (Yonhap) -- | TOLMAR | 2024-03-04 | Yonhap
""".strip().splitlines()


def cells(line: str) -> list[str | None]:
    return [None if cell.strip() == "-" else cell.strip() for cell in line.split(" | ")]


@pytest.mark.parametrize("line", TABLE)
def test_the_dateline_is_read_whole(line: str) -> None:
    printed, place, day, agency = cells(line)
    dateline = parse_dateline(f"{printed} Ferries crossed again.", date(2024, 3, 5))
    assert dateline is not None
    assert (dateline.place, dateline.date, dateline.agency) == (place, day, agency)
    assert dateline.end == len(f"{printed} ")


def test_no_first_sentence_of_an_article_without_one_is_taken_for_a_dateline(
    corpora: Path,
) -> None:
    """Wikinews opens with weekday and date, never with a dateline; neither do its paragraphs."""
    with gzip.open(corpora / "attribution" / "wikinews.text.jsonl.gz", "rt") as rows:
        texts = [json.loads(row)["text"] for row in rows]
    openings = [line for text in texts for line in re.split(r"\n+", text) if line.strip()][:2000]
    found = [(line[: d.end], d) for line in openings if (d := parse_dateline(line))]
    assert len(openings) == 2000
    assert found == []
