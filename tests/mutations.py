"""Damaged files for the loading tests: invented inputs, and seeded ways to break them."""

from __future__ import annotations

import gzip
import io
import mailbox
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from test_loading_containers import tarred, zipped
from test_loading_excel import HEADER, ROW, book
from test_loading_mail import HTML, mail
from test_loading_pdf import PAGES, pdf
from test_loading_web_archive import PAGE, http, record

CHARSETS = (
    b"utf-8 utf-16 utf-32 utf-7 ascii cp1252 latin-1 big5 shift_jis koi8-r hz iso-2022-jp idna "
    b"punycode undefined hex rot13 unicode_escape raw_unicode_escape mbcs cp037 no-such x\0y"
).split(b" ")
MARKS = (b"\0", b"\0\0\0\0", b"\x01", b"\x02", b"\x03", b"\x04", b"\x1a", b"\x1b", b"\x7f")
# What a reader may take for structure: numbers too large, half characters, unclosed parts.
WORDS = (
    b"99999999999999999999", b"-1", b"1e999", b"NaN", b"null", b"\\ud800", b"&#xD800;",
    b"&#0;", b"<![CDATA[", b"<!--", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"]]>", b"{\\rtf1",
    b"\\u-9999999999?", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\x85", "\u2028\u202e".encode(),
    b"0000-00-00T99:99:99+99:99", b"9999-12-31T23:59:59-12:00", b"0001-01-01T00:00:00+14:00",
)  # fmt: skip


def originals(root: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Sound files by kind, each with a name; kinds are drawn equally often."""
    wires = sorted((root / "tests/fixtures/wires").iterdir())
    kinds = {path.name: [(path.name, path.read_bytes())] for path in wires}
    for folder in ("html", "saved-pages", "text"):
        paths = sorted((root / "data/sample" / folder).iterdir())
        kinds[folder] = [(path.name, path.read_bytes()) for path in paths]
    tables = [*(root / "data/sample").glob("*.jsonl"), *(root / "data/sample").glob("*.csv")]
    kinds["tables"] = [(path.name, path.read_bytes()[:6000]) for path in sorted(tables)]
    text, page = kinds["text"][0][1], kinds["html"][0][1]
    members = {"a.txt": text, "b.html": page, **dict(_wire_members(kinds))}
    return kinds | {
        "zip": [("a.zip", zipped(members)), ("stored.zip", zipped(members, 0))],
        "tar": [("a.tar", tarred(members)), ("a.tar.gz", tarred(members, "w:gz"))],
        "gzip": [("a.txt.gz", gzip.compress(text))],
        "warc": [("a.warc", _captures()), ("a.warc.gz", gzip.compress(_captures()))],
        "mbox": [("a.mbox", _mails()), ("a.eml", _mails().split(b"\n", 1)[1])],
        "xlsx": [("a.xlsx", book(("Sheet", [HEADER, ROW, ROW])))],
        "parquet": [("a.parquet", _parquet())],
    }


def sound_pdf() -> bytes:
    """A PDF of two pages."""
    return pdf(PAGES)


def mutate(data: bytes, other: bytes, draw: random.Random) -> bytes:
    """`data` after one to three mutations; `other` is what is spliced in."""
    for _ in range(draw.choice((1, 1, 2, 3))):
        data = draw.choice(_MUTATIONS)(data, other, draw)
    return data


def _flip(data: bytes, other: bytes, draw: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.choice((1, 4, 32)) if data else 0):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, other: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(data))
    return draw.choice((data[:at], data[at:]))


def _insert(data: bytes, other: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(data))
    return data[:at] + draw.choice(draw.choice((MARKS, WORDS))) + data[at:]


def _overwrite(data: bytes, other: bytes, draw: random.Random) -> bytes:
    at, word = draw.randint(0, len(data)), draw.choice(WORDS)
    return data[:at] + word + data[at + len(word) :]


def _drop(data: bytes, other: bytes, draw: random.Random) -> bytes:
    start, end = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
    return data[:start] + data[end:]


def _repeat(data: bytes, other: bytes, draw: random.Random) -> bytes:
    at = draw.randint(0, len(data))
    block = data[at : at + draw.choice((1, 16, 200, 2000))]
    return data[:at] + block * draw.randint(2, 8) + data[at:]


def _double(data: bytes, other: bytes, draw: random.Random) -> bytes:
    return data + draw.choice((b"", b"\n", b"\n\n")) + data


def _splice(data: bytes, other: bytes, draw: random.Random) -> bytes:
    return data[: draw.randint(0, len(data))] + other[draw.randint(0, len(other)) :]


def _renumber(data: bytes, other: bytes, draw: random.Random) -> bytes:
    digits = [i for i, code in enumerate(data) if 48 <= code <= 57]
    if not digits:
        return data
    at = draw.choice(digits)
    return data[:at] + draw.choice((b"0", b"9", b"-", b"99999999999", b".")) + data[at + 1 :]


def _charset(data: bytes, other: bytes, draw: random.Random) -> bytes:
    name = draw.choice(CHARSETS)
    for old in (b"utf-8", b"UTF-8", b"cp1252", b"ansicpg1252", b"us-ascii", b"iso-8859-1"):
        if old in data:
            return data.replace(old, name) + draw.choice((b"", b"\xe9\x80", b"\xff"))
    declared = (b'<?xml version="1.0" encoding="%b"?>', b'<meta charset="%b">', b"\xe9%b")
    return draw.choice(declared) % name + data


def _recode(data: bytes, other: bytes, draw: random.Random) -> bytes:
    encoding = draw.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "cp037"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_MUTATIONS: tuple[Callable[[bytes, bytes, random.Random], bytes], ...] = (
    _flip, _truncate, _insert, _overwrite, _drop, _repeat, _double, _splice, _renumber, _charset,
    _recode,
)  # fmt: skip


def _wire_members(kinds: dict[str, list[tuple[str, bytes]]]) -> list[tuple[str, bytes]]:
    return [kinds[name][0] for name in ("fog-nitf.xml", "ninjs_2.json")]


def _captures() -> bytes:
    zipped_page = http(gzip.compress(PAGE), Content_Encoding="gzip")
    return record(http(PAGE)) + record(http(b""), kind="request") + record(zipped_page)


def _mails() -> bytes:
    message = mail()
    message.add_alternative(HTML, subtype="html")
    message.add_attachment(b"%PNG", maintype="image", subtype="png", filename="a.png")
    mails = (mailbox.mboxMessage(item).as_bytes() for item in (message, mail(Subject="Two")))
    return b"\n".join(b"From MAILER-DAEMON Mon Mar  4 10:30:00 2024\n" + item for item in mails)


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame([ROW], columns=HEADER).to_parquet(buffer)
    return buffer.getvalue()
