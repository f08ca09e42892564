"""Archives: members are read like files, hostile ones cost a rejects row and little else."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from analysis.loading import Limits, Loaded, load
from analysis.loading.loader import stream

STORY = (
    "TOLMAR, March 4 (MPA) - Ferries crossed the Selk Strait again on Monday.\n\n"
    "Harbour master Ilva Drost said all nine routes were open, copy {n}.\n"
)


def story(n: int = 1) -> bytes:
    return STORY.format(n=n).encode()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def load_bytes(folder: Path, name: str, data: bytes, **options: object) -> Loaded:
    (folder / name).write_bytes(data)
    return load(folder / name, **options)  # type: ignore[arg-type]


def reasons(loaded: Loaded) -> list[tuple[str, str]]:
    return list(loaded.rejects[["source_file", "reason"]].itertuples(index=False, name=None))


MEMBERS = {"wire/one.txt": story(1), "wire/two.txt": story(2)}
PACKED = {
    "a.zip": zipped(MEMBERS),
    "a.bz2.zip": zipped(MEMBERS, zipfile.ZIP_BZIP2),
    "a.xz.zip": zipped(MEMBERS, zipfile.ZIP_LZMA),
    "a.tar": tarred(MEMBERS),
    "a.tar.gz": tarred(MEMBERS, "w:gz"),
    "a.tar.bz2": tarred(MEMBERS, "w:bz2"),
    "a.tar.xz": tarred(MEMBERS, "w:xz"),
    "no suffix": tarred(MEMBERS, "w:gz"),
}


@pytest.mark.parametrize("name", PACKED)
def test_members_are_read_like_files(tmp_path: Path, name: str) -> None:
    loaded = load_bytes(tmp_path, name, PACKED[name])
    assert loaded.dispatches["source_file"].tolist() == [f"{name}#{m}" for m in MEMBERS]
    assert loaded.dispatches["dateline_place"].tolist() == ["TOLMAR"] * 2
    assert loaded.dispatches.loc[1, "body"].endswith("copy 2.")
    assert loaded.rejects.empty


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_compressed_file_keeps_its_name(tmp_path: Path, pack: object) -> None:
    loaded = load_bytes(tmp_path, "a.txt.packed", pack(story()))  # type: ignore[operator]
    assert loaded.dispatches["source_file"].tolist() == ["a.txt.packed"]


def test_tables_and_hidden_files_inside_archives(tmp_path: Path) -> None:
    members = {
        "rows.csv": b"id,body\n7,Traffic resumed.\n",
        "__MACOSX/._rows.csv": b"\0\5",
        "README.txt": b"About the rows.",
        "folder/": b"",
    }
    loaded = load_bytes(tmp_path, "a.zip", zipped(members))
    assert loaded.dispatches["dispatch_id"].tolist() == ["7"]
    assert loaded.rejects.empty


def test_three_archives_deep_and_no_deeper(tmp_path: Path) -> None:
    three = zipped({"b.tar.gz": tarred({"c.zip": zipped({"one.txt": story()})}, "w:gz")})
    loaded = load_bytes(tmp_path, "a.zip", three)
    assert loaded.dispatches["source_file"].tolist() == ["a.zip#b.tar.gz#c.zip#one.txt"]
    loaded = load_bytes(tmp_path, "z.zip", zipped({"a.zip": three, "two.txt": story(2)}))
    assert reasons(loaded) == [("z.zip#a.zip#b.tar.gz#c.zip", "nested too deeply")]
    assert loaded.dispatches["source_file"].tolist() == ["z.zip#two.txt"]


def test_compression_in_compression_ends(tmp_path: Path) -> None:
    data = story()
    for _ in range(10):
        data = gzip.compress(data)
    assert reasons(load_bytes(tmp_path, "a.gz", data)) == [("a.gz", "nested too deeply")]


def test_stream_gives_one_result_a_member_and_reads_on_demand(tmp_path: Path) -> None:
    data = tarred(MEMBERS)
    (tmp_path / "torn.tar").write_bytes(data[:1024] + b"\xff" * 512)
    results = stream(tmp_path)
    first = next(results)
    assert [raw.source_file for raw in first.dispatches] == ["torn.tar#wire/one.txt"]
    assert [reject.reason for result in results for reject in result.rejects] == [
        "damaged tar archive"
    ]


def test_names_that_climb_are_only_shown(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    names = ["../../up.txt", "/etc/root.txt", "C:\\win\\up.txt", "line\nbreak.txt", "a\x1b[31m.txt"]
    before = sorted(tmp_path.rglob("*"))
    for pack in (zipped, tarred):
        loaded = load_bytes(inside, "a.bin", pack({n: story(i) for i, n in enumerate(names)}))
        shown = loaded.dispatches["source_file"].tolist()
        assert shown[:2] == ["a.bin#../../up.txt", "a.bin#/etc/root.txt"]
        assert len(shown) == 5
        assert all(name.isprintable() for name in shown)
    assert sorted(set(tmp_path.rglob("*")) - set(before)) == [inside / "a.bin"]


def test_links_and_devices_in_a_tar_are_rejects(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    kinds = {
        "link": tarfile.SYMTYPE,
        "hard": tarfile.LNKTYPE,
        "disk": tarfile.BLKTYPE,
        "terminal": tarfile.CHRTYPE,
        "pipe": tarfile.FIFOTYPE,
    }
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in kinds.items():
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("one.txt")
        entry.size = len(story())
        archive.addfile(entry, io.BytesIO(story()))
    loaded = load_bytes(tmp_path, "a.tar", buffer.getvalue())
    assert reasons(loaded) == [(f"a.tar#{name}", "not a regular file") for name in kinds]
    assert len(loaded.dispatches) == 1


def test_a_link_in_a_zip_is_a_reject(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("link.txt")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    loaded = load_bytes(tmp_path, "a.zip", buffer.getvalue())
    assert reasons(loaded) == [("a.zip#link.txt", "not a regular file")]


def test_an_encrypted_member_is_a_reject_and_the_others_load(tmp_path: Path) -> None:
    data = bytearray(zipped(MEMBERS))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    loaded = load_bytes(tmp_path, "a.zip", bytes(data))
    assert reasons(loaded) == [("a.zip#wire/one.txt", "encrypted member")]
    assert len(loaded.dispatches) == 1


def test_a_changed_byte_is_seen_by_the_checksum(tmp_path: Path) -> None:
    data = bytearray(zipped(MEMBERS, zipfile.ZIP_STORED))
    data[data.index(b"Ferries")] = ord("B")
    loaded = load_bytes(tmp_path, "a.zip", bytes(data))
    assert reasons(loaded) == [("a.zip#wire/one.txt", "damaged member of a zip archive")]
    assert loaded.dispatches["source_file"].tolist() == ["a.zip#wire/two.txt"]


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_cut_anywhere_never_raises(tmp_path: Path, name: str) -> None:
    whole = PACKED[name]
    for length in range(1, len(whole), max(1, len(whole) // 40)):
        loaded = load_bytes(tmp_path, "cut", whole[:length])
        assert len(loaded.rejects) + len(loaded.dispatches) >= 1
        assert len(loaded.dispatches) <= 2


def timed(folder: Path, data: bytes, **limits: int) -> Loaded:
    (folder / "bomb").write_bytes(data)
    started = time.process_time()
    tracemalloc.start()
    loaded = load(folder / "bomb", limits=Limits(**limits))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert time.process_time() - started < 40
    assert peak < 200_000_000
    return loaded


def test_a_bomb_of_many_members_stops_at_the_ratio(tmp_path: Path) -> None:
    member = bytes(20_000_000)
    loaded = timed(tmp_path, zipped({f"{n}.txt": member for n in range(30)}), unpacked_ratio=100)
    assert loaded.rejects["reason"].iloc[-1] == "unpacks to too many times its size"
    assert len(loaded.rejects) < 30


def test_a_nested_bomb_stops_at_the_ratio(tmp_path: Path) -> None:
    inner = zipped({"zeros.txt": bytes(60_000_000)})
    loaded = timed(tmp_path, zipped({f"{n}.zip": inner for n in range(20)}))
    assert loaded.rejects["reason"].iloc[-1] == "unpacks to too many times its size"


def test_a_total_stops_what_a_ratio_lets_pass(tmp_path: Path) -> None:
    loaded = timed(tmp_path, zipped(MEMBERS, zipfile.ZIP_STORED), unpacked_bytes=200)
    assert loaded.rejects["reason"].tolist() == ["too much to unpack"]


def test_too_many_members_are_one_reject(tmp_path: Path) -> None:
    many = {f"{n}.txt": story(n) for n in range(12)}
    loaded = timed(tmp_path, tarred(many), members=10)
    assert len(loaded.dispatches) == 10
    assert loaded.rejects["reason"].tolist() == ["too many members"]
    assert timed(tmp_path, zipped(many), members=10).rejects["reason"].tolist() == [
        "too many members"
    ]


def test_a_directory_of_millions_is_not_parsed(tmp_path: Path) -> None:
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 9, 1, *[0] * 4, 0, 0) + b"a"
    directory = entry * 2_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 4, 0)
    loaded = timed(tmp_path, b"PK\x03\x04" + directory + end)
    assert loaded.rejects["reason"].tolist() == ["too many members"]


def test_members_that_share_bytes_are_rejects(tmp_path: Path) -> None:
    data = zipped({"one.txt": story()})
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entries = data[start:end] * 50
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 50, 50, len(entries), start, 0)
    loaded = timed(tmp_path, data[:start] + entries + tail)
    assert set(loaded.rejects["reason"]) == {"overlapping members"}
    assert loaded.dispatches.empty


def test_a_sparse_file_and_an_absurd_name_are_rejects(tmp_path: Path) -> None:
    sparse = tarfile.TarInfo("hole.txt")
    sparse.type, sparse.size = tarfile.GNUTYPE_SPARSE, 0
    loaded = load_bytes(tmp_path, "s.tar", sparse.tobuf() + bytes(1024))
    assert reasons(loaded) == [("s.tar#hole.txt", "not a regular file")]
    name = tarfile.TarInfo("././@LongLink")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 2**33
    loaded = load_bytes(tmp_path, "n.tar", name.tobuf(tarfile.GNU_FORMAT) + bytes(1024))
    assert reasons(loaded) == [("n.tar", "damaged tar archive")]


def test_reading_a_long_archive_keeps_memory_flat(tmp_path: Path) -> None:
    many = {f"{n}.txt": story(n) for n in range(3000)}
    (tmp_path / "a.tar.gz").write_bytes(tarred(many, "w:gz"))
    del many
    tracemalloc.start()
    n_read = sum(len(result.dispatches) for result in stream(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_read == 3000
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("name", "magic"),
    [("a.7z", b"7z\xbc\xaf\x27\x1c"), ("a.rar", b"Rar!\x1a\x07\0"), ("a.zst", b"\x28\xb5\x2f\xfd")],
)
def test_archives_that_are_not_opened_are_named(tmp_path: Path, name: str, magic: bytes) -> None:
    loaded = load_bytes(tmp_path, name, magic + b"\1\2\3" * 50)
    assert loaded.rejects["reason"].tolist() == ["binary file"]
    assert "archive" in loaded.rejects.loc[0, "found"]
