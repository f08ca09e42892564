"""WARC and ARC: text captures become dispatches, everything else is counted or rejected."""

from __future__ import annotations

import gzip
import io
import sys
import time
import zlib
from pathlib import Path

import brotli
import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load
from analysis.loading.http_payload import join_chunks

TEXT = (
    "Ferries crossed the Selk Strait again on Monday, the harbour said in a statement.",
    "“All nine routes are open,” said Ilva Drost, the harbour master, who stood at the quay.",
    "The halt had cut off about 3,000 islanders, according to a count by the relief committee.",
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Ferries cross again</title></head><body><article>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    + "</article></body></html>"
).encode()


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    named = {"Content-Type": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def record(block: bytes, kind: str = "response", length: object = None, **headers: str) -> bytes:
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000000>",
        "WARC-Target-URI": "https://ledger.example/1",
        "WARC-Date": "2024-03-05T00:00:00Z",
        "Content-Type": "application/http; msgtype=response",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    named["Content-Length"] = str(len(block) if length is None else length)
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def load_records(folder: Path, *records: bytes, name: str = "a.warc", **options: object) -> Loaded:
    (folder / name).write_bytes(b"".join(records))
    return load(folder / name, **options)  # type: ignore[arg-type]


@pytest.fixture(params=["fastwarc", "warcio"])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "warcio":
        monkeypatch.setitem(sys.modules, "fastwarc", None)
    return str(request.param)


def chunked(data: bytes, size: int = 50) -> bytes:
    pieces = [data[i : i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


RESPONSES = {
    "plain": http(PAGE),
    "chunked": http(chunked(PAGE), Transfer_Encoding="chunked"),
    "gzip": http(gzip.compress(PAGE), Content_Encoding="gzip"),
    "zlib": http(zlib.compress(PAGE), Content_Encoding="deflate"),
    "deflate": http(deflate(PAGE), Content_Encoding="deflate"),
    "brotli": http(brotli.compress(PAGE), Content_Encoding="br"),
    "both": http(
        chunked(gzip.compress(PAGE)), Content_Encoding="gzip", Transfer_Encoding="chunked"
    ),
    "said to be chunked": http(PAGE, Transfer_Encoding="chunked"),
    "said to be gzip": http(PAGE, Content_Encoding="gzip"),
    "said to be brotli": http(PAGE, Content_Encoding="br"),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_payloads_are_unwrapped(tmp_path: Path, name: str, library: str) -> None:
    loaded = load_records(tmp_path, record(RESPONSES[name]))
    row = loaded.dispatches.loc[0]
    assert row["body"] == "\n\n".join(TEXT)
    assert row["source_file"] == "a.warc#record 1"
    assert row["url"] == "https://ledger.example/1"
    assert pd.isna(row["published_at"])
    assert "2024-03-05T00:00:00Z" in loaded.cuts["text"].tolist()


def test_an_address_the_page_states_goes_first(tmp_path: Path) -> None:
    link = b'<link rel="canonical" href="https://ledger.example/ferries">'
    loaded = load_records(tmp_path, record(http(PAGE.replace(b"</title>", b"</title>" + link))))
    assert loaded.dispatches.loc[0, "url"] == "https://ledger.example/ferries"


def test_what_is_no_text_is_counted(tmp_path: Path, library: str) -> None:
    loaded = load_records(
        tmp_path,
        record(b"software: x\r\n", "warcinfo", Content_Type="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", "request"),
        record(http(b"\x89PNG", Content_Type="image/png")),
        record(http(b"<p>gone", "404 Not Found")),
        record(http(PAGE)),
    )
    assert loaded.rejects.empty
    assert len(loaded.dispatches) == 1
    assert loaded.passed_over == {
        "WARC warcinfo record": 1,
        "WARC request record": 1,
        "WARC response of type image/png": 1,
        "WARC response with HTTP status 404": 1,
    }
    assert "WARC request record (1)" in loaded.summary()["passed over"]


def test_json_and_text_payloads(tmp_path: Path) -> None:
    rows = b'{"id": "a", "body": "Ferries crossed."}\n'
    loaded = load_records(
        tmp_path,
        record(http(rows, Content_Type="application/json")),
        record("\n\n".join(TEXT).encode(), "conversion", Content_Type="text/plain"),
        name="a.warc.gz",
    )
    assert loaded.dispatches["format"].tolist() == ["jsonl", "plain_text"]
    assert (loaded.dispatches["url"] == "https://ledger.example/1").all()


@pytest.mark.parametrize("members", ["one", "each"])
def test_gzip_around_the_file_or_each_record(tmp_path: Path, members: str) -> None:
    records = [record(http(PAGE)), record(http(PAGE))]
    data = [gzip.compress(r) for r in records]
    if members == "one":
        data = [gzip.compress(b"".join(records))]
    assert len(load_records(tmp_path, *data, name="a.warc.gz").dispatches) == 2


BROKEN = {
    "payload cut short": (
        record(http(gzip.compress(PAGE)[:-20], Content_Encoding="gzip")),
        "damaged payload",
    ),
    "chunk cut short": (
        record(http(chunked(PAGE)[:-100], Transfer_Encoding="chunked")),
        "damaged payload",
    ),
    "unknown coding": (record(http(PAGE, Content_Encoding="zpaq")), "damaged payload"),
    "many codings": (record(http(PAGE, Content_Encoding="gzip," * 99)), "damaged payload"),
    "record cut short": (record(http(PAGE), length=99999), "record cut short"),
    "no length": (record(http(PAGE), length="many"), "record cut short"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_is_a_reject_with_its_address(tmp_path: Path, name: str) -> None:
    data, reason = BROKEN[name]
    loaded = load_records(tmp_path, record(http(PAGE)), data)
    assert len(loaded.dispatches) == 1
    first = loaded.rejects.loc[0]
    assert (first["source_file"], first["reason"]) == ("a.warc#record 2", reason)
    assert first["place"] == "https://ledger.example/1"


def test_junk_between_records_ends_the_file_with_a_reject(tmp_path: Path) -> None:
    loaded = load_records(tmp_path, record(http(PAGE)), b"junk\r\n" * 9, record(http(PAGE)))
    assert len(loaded.dispatches) == 1
    assert loaded.rejects["reason"].tolist() == ["damaged warc archive"]


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate"])
def test_a_payload_bomb_stops_at_the_limit(tmp_path: Path, coding: str) -> None:
    zeros = bytes(300_000_000)
    packed = {
        "gzip": gzip.compress,
        "br": lambda d: brotli.compress(d, quality=1),
        "deflate": zlib.compress,
    }[coding](zeros)
    del zeros
    started = time.process_time()
    limits = Limits(file_bytes=10_000_000)
    bomb = record(http(packed, Content_Encoding=coding))
    loaded = load_records(tmp_path, bomb, record(http(PAGE)), limits=limits)
    assert time.process_time() - started < 10
    assert loaded.rejects["reason"].tolist() == ["damaged payload"]
    assert len(loaded.dispatches) == 1


def test_a_file_cut_anywhere_never_raises(tmp_path: Path, library: str) -> None:
    whole = record(http(PAGE)) + record(RESPONSES["both"])
    for length in range(1, len(whole), 29):
        loaded = load_records(tmp_path, whole[:length])
        assert len(loaded.dispatches) + len(loaded.rejects) >= 1


def test_arc_files(tmp_path: Path) -> None:
    block = http(PAGE)
    head = b"1 0 Capture\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://a.arc 127.0.0.1 20240305000000 text/plain %d\n" % len(head) + head + b"\n"
    data += b"https://ledger.example/1 127.0.0.1 20240305000000 text/html %d\n" % len(block)
    loaded = load_records(tmp_path, data + block + b"\n", name="a.arc")
    row = loaded.dispatches.loc[0]
    assert (row["source_file"], row["url"]) == ("a.arc#record 2", "https://ledger.example/1")
    assert row["body"] == "\n\n".join(TEXT)
    assert pd.isna(row["published_at"])


def test_chunks_as_urllib_reads_them() -> None:
    from http.client import HTTPResponse

    class Socket:
        def makefile(self, mode: str) -> io.BytesIO:
            return io.BytesIO(http(chunked(PAGE, 7), Transfer_Encoding="chunked"))

    response = HTTPResponse(Socket())  # type: ignore[arg-type]
    response.begin()
    assert join_chunks(chunked(PAGE, 7)) == response.read() == PAGE


# What warcio's own tests say of these files: example.com's page, whole, unless noted.
EXAMPLE = "This domain is established to be used for illustrative examples in documents."
HELD = {
    "example.warc": 1,
    "example.warc.gz": 1,
    "example.arc": 1,
    "example.arc.gz": 1,
    "example-bad-non-chunked.warc.gz": 1,  # one gzip member for all records
    "example-resource.warc.gz": 1,
    "example-wget-bad-target-uri.warc.gz": 1,
    "example-wrong-chunks.warc.gz": 1,
    "example-digest.warc": 0,  # requests only
    "example-trunc.warc": 0,  # its compressed payload is cut short
    "example-space-in-url.arc": 0,  # its record is cut short
    "example-space-in-target-uri.warc.gz": 0,  # a picture
    "bad.arc": 0,
    "post-test.warc.gz": 0,  # an echo service's JSON, without a text
}
REJECTED = {
    "example-trunc.warc": {"damaged payload", "damaged warc archive"},
    "example-space-in-url.arc": {"record cut short"},
    "bad.arc": {"record cut short", "empty file"},
    "post-test.warc.gz": {"row without a body"},
}


@pytest.mark.corpora
@pytest.mark.parametrize("name", HELD)
def test_files_of_warcio(corpora: Path, name: str) -> None:
    loaded = load(corpora / "wires" / "warc" / "test" / "data" / name)
    assert len(loaded.dispatches) == HELD[name]
    assert loaded.dispatches["body"].str.startswith(EXAMPLE).all()
    assert (loaded.dispatches["url"] == "http://example.com/").all()
    assert set(loaded.rejects["reason"]) == REJECTED.get(name, set())
