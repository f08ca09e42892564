"""Exports of Media Cloud and GDELT: their columns are known, and their lack of text is said."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.loading import load

# The columns Media Cloud documents for the download of a search.
MEDIACLOUD = "id,indexed_date,language,media_name,media_url,publish_date,title,url"
STORY = (
    "a1,2024-03-05 01:02:03.4,en,ledger.example,https://ledger.example,2024-03-04,"
    "Ferries cross again,https://ledger.example/1"
)


def write(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join(lines) + "\n")
    return folder / name


@pytest.mark.parametrize("columns", ["mediacloud", None])
def test_a_media_cloud_export_without_text_says_so_once(
    tmp_path: Path, columns: str | None
) -> None:
    path = write(tmp_path, "mc.csv", MEDIACLOUD, STORY, STORY)
    rejects = load(path, columns=columns).rejects
    assert rejects["reason"].tolist() == ["Media Cloud export without text"]
    assert "join it by url" in rejects.loc[0, "expected"]


@pytest.mark.parametrize("columns", ["mediacloud", None])
def test_a_media_cloud_export_with_text_is_loaded(tmp_path: Path, columns: str | None) -> None:
    path = write(tmp_path, "mc.csv", MEDIACLOUD + ",text", STORY + ",Ferries crossed the strait.")
    loaded = load(path, columns=columns)
    row = loaded.dispatches.loc[0]
    assert row["dispatch_id"] == "a1"
    assert (row["outlet"], row["language"]) == ("ledger.example", "en")
    assert row["headline"] == "Ferries cross again"
    assert row["published_at"] == pd.Timestamp("2024-03-04", tz="UTC")
    assert row["published_precision"] == "day"
    assert row["body"] == "Ferries crossed the strait."
    assert pd.isna(row["agency"])


def gdelt_row(n_columns: int, first: list[str], last: dict[int, str]) -> str:
    row = first + [""] * (n_columns - len(first))
    for i, value in last.items():
        row[i] = value
    return "\t".join(row)


URL = "https://ledger.example/1"
# Numbers and order of columns as the GDELT codebooks give them: GKG 2.1, Event 2.0 and 1.0,
# Mentions.
TABLES = {
    "20240304101500.gkg.csv": gdelt_row(
        27, ["20240304101500-12", "20240304101500", "1", "ledger.example", URL], {}
    ),
    "20240304101500.export.CSV": gdelt_row(
        61, ["1160000001", "20240304", "202403", "2024", "2024.1726"], {60: URL}
    ),
    "20130401.export.CSV": gdelt_row(
        58, ["250000001", "20130401", "201304", "2013", "2013.2466"], {57: URL}
    ),
    "20240304101500.mentions.CSV": gdelt_row(
        16, ["1160000001", "20240304101500", "20240304101500", "1", "ledger.example", URL], {}
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_gdelt_tables_without_header_are_recognised(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
        archive.writestr(name, TABLES[name] + "\n" + TABLES[name] + "\n")
    rejects = load(tmp_path).rejects
    assert rejects["reason"].tolist() == ["GDELT table without text"]
    assert "gives no text" in rejects.loc[0, "expected"]


@pytest.mark.parametrize("name", TABLES)
def test_gdelt_with_a_joined_text_is_loaded(tmp_path: Path, name: str) -> None:
    loaded = load(
        write(tmp_path, name, *[f"{TABLES[name]}\tFerries crossed, {n}." for n in (1, 2)])
    )
    assert loaded.dispatches["body"].tolist() == ["Ferries crossed, 1.", "Ferries crossed, 2."]
    assert (loaded.dispatches["url"] == URL).all()
    # GDELT's dates say when it met the article.
    assert loaded.dispatches["published_at"].isna().all()


def test_gdelt_with_a_header(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "GKGRECORDID,DATE,DocumentIdentifier,text", f"k,1,{URL},Text.")
    row = load(path, columns="gdelt").dispatches.loc[0]
    assert (row["dispatch_id"], row["url"], row["body"]) == ("k", URL, "Text.")
    path = write(tmp_path, "b.csv", "URL,MobileURL,Date,Title", f"{URL},,1,Ferries")
    assert load(path).rejects["reason"].tolist() == ["GDELT table without text"]


def test_a_column_map_goes_before_a_preset(tmp_path: Path) -> None:
    path = write(tmp_path, "mc.csv", MEDIACLOUD, STORY)
    loaded = load(path, columns={"body": "title", "outlet": "media_url"})
    assert loaded.dispatches.loc[0, "body"] == "Ferries cross again"


def test_an_unknown_preset_is_an_input_error() -> None:
    with pytest.raises(InputError, match="mediacloud"):
        load(".", columns="factiva")
