"""PDF files with text: the pages as one text, read as plain text or as a saved page."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from analysis.loading import plain_text, saved_page
from analysis.loading.limits import Limits
from analysis.loading.records import Cut, ReadOptions, ReadResult, Reject

FORMAT = "pdf"
_EDGE_LINES = 3  # at the head and at the foot of a page
_EXPECTED = "a PDF with text and without a password"


def sniff(head: bytes, source_file: str) -> bool:
    """Whether the file has a PDF's mark in its first bytes, after at most a short preamble."""
    return head.startswith(b"%PDF-") or b"\n%PDF-" in head[:1024]


def read(data: bytes, source_file: str, options: ReadOptions) -> ReadResult:
    """Read the one dispatch of a PDF; one without text, a scan for instance, is a rejects row."""
    answer = _pages(data, options.limits)
    if "reason" in answer:
        expected = _EXPECTED
        if answer["reason"] == "too many pages":
            expected = f"at most {options.limits.pdf_pages} pages"
        return _rejected(source_file, answer["reason"], answer.get("found"), expected)
    pages = [_clean(page) for page in answer["pages"]]
    if not any(re.search(r"\w\w", page) for page in pages):
        found = f"{len(pages)} pages without text: a scan?"
        return _rejected(source_file, "PDF without text", found, _EXPECTED)
    pages, cuts = without_running_lines(pages)
    text = "\n".join(pages)
    reader = saved_page if saved_page.looks_like_page(text) else plain_text
    result = reader.read(text.encode(), source_file, options)
    dispatches = [
        replace(raw, format=FORMAT, encoding=None, cuts=(*cuts, *raw.cuts))
        for raw in result.dispatches
    ]
    return ReadResult(dispatches, [replace(reject, format=FORMAT) for reject in result.rejects])


def without_running_lines(pages: list[str]) -> tuple[list[str], list[Cut]]:
    """Cut page headers, footers and numbers: lines at the edge of most pages, digits aside.

    >>> without_running_lines(["Wire\\nOne.\\n1", "Wire\\nTwo.\\n2"])[0]
    ['One.', 'Two.']
    """
    lines = [[line for line in page.split("\n") if line.strip()] for page in pages]
    counts = Counter(key for page in lines for key in {_key(page[i]) for i in _edges(page)})
    n_pages = sum(1 for page in lines if page)
    running = {key for key, count in counts.items() if count >= 2 and count > n_pages / 2}
    kept, cuts = [], []
    for number, page in enumerate(lines, 1):
        out = {i for i in _edges(page) if _key(page[i]) in running}
        kept.append("\n".join(line for i, line in enumerate(page) if i not in out))
        if out:
            reason = f"head or foot of page {number}, as on most pages"
            cuts.append(Cut("page", reason, "\n".join(page[i].strip() for i in sorted(out))))
    return kept, cuts


def _edges(page: list[str]) -> set[int]:
    # A short page's lines are not all at its edge: its text would go where it repeats.
    most = min(_EDGE_LINES, (len(page) - 1) // 2)
    return {*range(most), *range(len(page) - most, len(page))}


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _clean(page: str) -> str:
    page = page.encode("utf-8", "replace").decode()
    return re.sub(r"[\0-\x08\x0b\x0e-\x1f]", "", page)


def _pages(data: bytes, limits: Limits) -> dict[str, Any]:
    """What `pdf_text` answers, from a process that is stopped when its time is over."""
    command = [sys.executable, "-m", "analysis.loading.pdf_text", str(limits.pdf_pages)]
    found_at = {"PYTHONPATH": os.pathsep.join(path or os.curdir for path in sys.path)}
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=limits.pdf_seconds,
            env=os.environ | found_at,
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"reason": "PDF takes too long", "found": f"more than {limits.pdf_seconds} seconds"}
    except (OSError, ValueError) as error:
        return {"reason": "not a readable PDF", "found": f"the reader ended: {error}"[:200]}
    return answer if isinstance(answer, dict) else {"reason": "not a readable PDF"}


def _rejected(source_file: str, reason: str, found: str | None, expected: str) -> ReadResult:
    return ReadResult(rejects=[Reject(source_file, FORMAT, reason, found, expected)])
