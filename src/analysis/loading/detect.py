"""What format a file is, judged by its content; its name only settles what content leaves open."""

from __future__ import annotations

import re

from analysis.loading.columns import match_columns
from analysis.loading.decode import decode, looks_binary
from analysis.loading.delimited import guess_delimiter
from analysis.loading.formats import FORMATS, HEAD
from analysis.loading.records import ReadOptions, Reject

_HEAD = 256 * 1024
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]", re.I
)
_JSON = re.compile(r'\{\s*"|\[\s*\{|\{\s*\}|\[\s*\]')
_READABLE = "text, HTML, JSONL, CSV or Parquet"


def detect(data: bytes, source_file: str, options: ReadOptions) -> str | Reject:
    """Name the format of a file's bytes; a `Reject` for what is none of `FORMATS`."""
    if data.startswith(b"PAR1"):
        return "parquet"
    for entry in FORMATS.values():
        sniff = entry.sniffer()
        if sniff is not None and sniff(data[:HEAD], source_file):
            return entry.name
    suffix = _suffix(source_file)
    binary = None if suffix in FORMATS["jsonl"].suffixes else looks_binary(data)
    if binary:
        return Reject(source_file, None, "binary file", binary, _READABLE)
    decoded = decode(data[:_HEAD]) or decode(data)
    if decoded is None:
        return Reject(source_file, None, "unknown encoding", None, "UTF-8 text")
    head = decoded.text[:_HEAD].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        return _markup(head, source_file)
    return _table_format(head, suffix, options) or _text_format(data, source_file, options)


def _markup(head: str, source_file: str) -> str | Reject:
    if _HTML.search(head[:65536]) or not head.startswith("<?xml"):
        return "html"
    root = re.search(r"<([A-Za-z][\w:.-]*)", head)
    found = f"XML with the root <{root[1]}>" if root else "XML"
    return Reject(source_file, None, "XML that is no web page", found, _READABLE)


def _table_format(head: str, suffix: str, options: ReadOptions) -> str | None:
    if _JSON.match(head) or suffix in FORMATS["jsonl"].suffixes:
        return "jsonl"
    if suffix in FORMATS["csv"].suffixes or _has_header(head, options):
        return "csv"
    return None


def _has_header(head: str, options: ReadOptions) -> bool:
    header = head.split("\n", 1)[0].strip()
    names = [name.strip(' "') for name in header.split(guess_delimiter(header))]
    matched = match_columns(names, options.columns).mapping
    return len(names) >= 2 and "body" in matched and len(matched) >= 2


def _text_format(data: bytes, source_file: str, options: ReadOptions) -> str:
    from analysis.loading.saved_page import looks_like_page

    if len(data) > options.limits.page_bytes:
        return "plain_text"  # which rejects it, naming the limit
    decoded = decode(data)
    return "saved_page" if decoded and looks_like_page(decoded.text) else "plain_text"


def _suffix(source_file: str) -> str:
    name = re.sub(r"\.(?:gz|bz2|xz)$", "", source_file.casefold())
    dot = name.rfind(".")
    return name[dot:] if dot > name.rfind("/") else ""
