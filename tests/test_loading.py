"""`load`: what comes back, how dispatches are named, and that bad input never ends the run."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import time
from pathlib import Path

import pandas as pd
import pytest

from analysis import schema
from analysis.errors import InputError
from analysis.loading import FORMATS, Limits, load
from analysis.loading.columns import ALIASES

STORY = (
    "TOLMAR, March 4 (MPA) - Ferries crossed the Selk Strait again on Monday.\n\n"
    "Harbour master Ilva Drost said all nine routes were open.\n"
)


def write_jsonl(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_tables_keep_their_contract(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Strait reopens\n\n" + STORY)
    loaded = load(tmp_path)
    for name in ("dispatches", "rejects", "cuts"):
        frame = getattr(loaded, name)
        pd.testing.assert_frame_equal(frame, schema.conform(frame, name))


def test_a_folder_is_read_whole_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", ".hidden.txt", ".git/three.txt", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{STORY}Seen from {name}.\n")
    loaded = load(tmp_path)
    assert loaded.dispatches["source_file"].tolist() == ["a/one.txt", "b/two.txt"]
    assert loaded.rejects.empty


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    assert len(load([path, tmp_path, str(path)]).dispatches) == 1


def test_ids_hashes_and_repeats(tmp_path: Path) -> None:
    for name in ("Första utkast.txt", "copy.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    frame = load(tmp_path).dispatches.set_index("source_file")
    first = frame.loc["Första utkast.txt"]
    body = "Ferries crossed the Selk Strait again on Monday.\n\n"
    body += "Harbour master Ilva Drost said all nine routes were open."
    digest = hashlib.sha256(("\n" + body).encode()).hexdigest()
    assert first["content_hash"] == digest
    assert first["dispatch_id"] == f"forsta-utkast-{digest[:8]}"
    assert pd.isna(first["duplicate_of"])
    assert frame.loc["copy.txt", "duplicate_of"] == first["dispatch_id"]
    assert frame.loc["copy.txt", "duplicate_kind"] == "exact"


def test_repeated_ids_are_numbered(tmp_path: Path) -> None:
    rows = [{"id": i, "body": f"Text {n}."} for n, i in enumerate(["a", "a-2", "a", "a"])]
    ids = load(write_jsonl(tmp_path / "x.jsonl", rows)).dispatches["dispatch_id"].tolist()
    assert ids == ["a", "a-2", "a-3", "a-4"]


def test_gzip_is_read_and_a_damaged_one_rejected(tmp_path: Path) -> None:
    whole = gzip.compress(STORY.encode())
    (tmp_path / "good.txt.gz").write_bytes(whole)
    (tmp_path / "torn.txt.gz").write_bytes(whole[:-12])
    loaded = load(tmp_path)
    assert loaded.dispatches["dispatch_id"].str.startswith("good-").all()
    assert loaded.rejects[["source_file", "reason"]].values.tolist() == [
        ["torn.txt.gz", "damaged gzip file"]
    ]


def test_a_gzip_bomb_stops_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 5_000_000))
    rejects = load(tmp_path, limits=Limits(file_bytes=1_000_000)).rejects
    assert rejects["reason"].tolist() == ["file too large"]


@pytest.mark.parametrize("paths", ["/no/such/place", ["/no/such/place"], [], 7, "bad\0name"])
def test_an_absent_path_is_an_input_error(paths: object) -> None:
    with pytest.raises(InputError):
        load(paths)  # type: ignore[arg-type]


def test_an_unknown_format_is_an_input_error_that_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="jsonl"):
        load(tmp_path, format="docx")


BAD = {
    "empty.txt": (b"", "empty file"),
    "blank.txt": (b" \n\n\t", "empty file"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary file"),
    "nul.txt": (b"The strait\0 reopened on Monday, the harbour said.", "binary file"),
    "noise.txt": (b"\x05\x06\x07\x0e\x0f" * 100 + b"word", "binary file"),
    "cattle.xml": (b'<?xml version="1.0"?><herd><cow/></herd>', "XML that is no web page"),
    "feed.xml": (b'<?xml version="1.0"?><rss><item/></rss>', "entry without text"),
    "dashes.txt": (b"--- *** ---", "no text"),
    "torn.parquet": (b"PAR1 and nothing else PAR1", "not a readable Parquet file"),
    "torn.jsonl": (b'{"id": 1, "body": "cut sh', "not JSON"),
    "frameless.html": (b"<html><body><script>x()</script></body></html>", "no main text found"),
}


def test_every_bad_file_is_one_reject_and_the_rest_loads(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(STORY)
    loaded = load(tmp_path)
    assert loaded.dispatches["source_file"].tolist() == ["good.txt"]
    reasons = dict(loaded.rejects[["source_file", "reason"]].itertuples(index=False, name=None))
    assert reasons == {name: reason for name, (_, reason) in BAD.items()}


def test_a_folder_without_files_is_said(tmp_path: Path) -> None:
    rejects = load(tmp_path).rejects
    assert rejects["reason"].tolist() == ["folder without dispatches"]


@pytest.mark.parametrize("name", ["line.txt", "line.jsonl", "line.csv", "line.html"])
def test_fifty_megabytes_on_one_line_take_little_time(tmp_path: Path, name: str) -> None:
    data = b'{"body": "' + b"word " * 10_000_000 + b'"}'
    if name.endswith("html"):
        data = b"<html><body><p>" + data
    (tmp_path / name).write_bytes(data)
    started = time.process_time()
    loaded = load(tmp_path)
    assert time.process_time() - started < 20
    assert loaded.dispatches.empty
    assert len(loaded.rejects) == 1


def test_an_unreadable_file_is_a_reject(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Permissions do not stop an administrator, whom containers often run tests as.
    (tmp_path / "locked.txt").write_text(STORY)
    (tmp_path / "open.txt").write_text(STORY)
    real = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    loaded = load(tmp_path)
    assert loaded.dispatches["source_file"].tolist() == ["open.txt"]
    assert loaded.rejects[["reason", "found"]].values.tolist() == [
        ["file cannot be read", "Permission denied"]
    ]


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.txt").write_text(STORY)
    (folder / "real.txt").write_text(STORY)
    (folder / "inside.txt").symlink_to(folder / "real.txt")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "outdir").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    loaded = load(folder)
    assert len(loaded.dispatches) == 1
    assert set(loaded.rejects["source_file"]) == {"out.txt", "outdir", "loop"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert load(tmp_path).rejects["reason"].tolist() == ["not a regular file"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "cp1251"])
def test_other_encodings_are_read_and_a_guess_is_recorded(tmp_path: Path, encoding: str) -> None:
    latin = "“Die Fähre fährt wieder”, sagte Hafenmeisterin Ilva Drößt am Montag in Tolmar.\n\n"
    cyrillic = "Паромы снова пересекли пролив в понедельник, сообщил начальник порта Дрост.\n\n"
    text = (cyrillic if encoding == "cp1251" else latin) * 4
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    loaded = load(tmp_path)
    assert loaded.dispatches.loc[0, "body"].split("\n\n")[-1] == text.strip().split("\n\n")[-1]
    guessed = loaded.cuts.query("kind == 'encoding'")
    assert len(guessed) == (encoding in ("cp1252", "cp1251"))


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    told: list[tuple[int, int, str]] = []
    load(tmp_path, progress=lambda *now: told.append(now))
    assert told == [(1, 2, "a.txt"), (2, 2, "b.txt")]


def test_the_summary_escapes_what_inputs_say(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": 1, "body": "Text.", "agency": "<script>x</script>"}]
    loaded = load(write_jsonl(tmp_path / "x.jsonl", rows))
    assert "<script>" in repr(loaded)
    assert "<script>" not in loaded._repr_html_()
    assert "Loaded: 1 dispatches" in repr(loaded)


def test_every_format_has_a_reader_and_a_description() -> None:
    for name, entry in FORMATS.items():
        assert entry.name == name
        assert callable(entry.reader())
        assert 10 < len(entry.description) < 100


def test_the_page_on_loading_lists_every_format(root: Path) -> None:
    page = (root / "docs" / "loading.md").read_text(encoding="utf-8")
    for name, entry in FORMATS.items():
        assert f"| `{name}` | {entry.description} |" in page


def test_the_page_on_loading_lists_every_alias(root: Path) -> None:
    page = (root / "docs" / "loading.md").read_text(encoding="utf-8")
    for name, aliases in ALIASES.items():
        if aliases:
            assert f"| `{name}` | {', '.join(f'`{alias}`' for alias in aliases)} |" in page


def test_a_marked_folder_is_passed_over_unless_it_is_asked_for(tmp_path):
    labels = tmp_path / "gold"
    labels.mkdir()
    (labels / ".not-dispatches").touch()
    row = '{"id": "a", "body": "Rain fell."}'
    (labels / "labels.jsonl").write_text(row)
    (tmp_path / "feed.jsonl").write_text(row)
    assert load(tmp_path).dispatches["source_file"].tolist() == ["feed.jsonl"]
    assert len(load(labels).dispatches) == 1
