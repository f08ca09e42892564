"""Lines of text of a DOCX file, read within bounds."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from analysis.loading.limits import Limits

if TYPE_CHECKING:
    from analysis.loading.record_dispatch import Source
    from analysis.loading.records import Reject

MAGIC = b"PK\x03\x04"
_PART = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_RATIO = 200


def docx_text(data: bytes, source: Source, limits: Limits) -> str | Reject:
    """Return the text of the document part, one line a paragraph; a `Reject` where it is unsafe.

    Only that part is unpacked, after its stated size was compared with `limits.page_bytes` and
    its rate of compression with what text can reach. Tables outside a paragraph are one line a
    row. No DTD is loaded, no entity resolved, and a part with a DOCTYPE is refused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo(_PART)
            most = limits.page_bytes
            if part.file_size > most or part.file_size > _MOST_RATIO * max(part.compress_size, 500):
                found = f"{part.compress_size} bytes unpack to {part.file_size}"
                expected = f"at most {most} bytes, {_MOST_RATIO} times as packed"
                return source.reject("DOCX part too large", found, expected)
            xml = archive.read(part)
    except KeyError:
        return source.reject("no text in DOCX", f"no {_PART}", _PART)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        return source.reject("damaged DOCX", str(error), "a whole DOCX file")
    return _text(xml, source)


def _text(xml: bytes, source: Source) -> str | Reject:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return source.reject("damaged DOCX", str(error), "well-formed XML")
    if root.getroottree().docinfo.doctype:
        return source.reject("DOCX with a DOCTYPE", "a document type declaration", "none")
    body = root.find(f"{_WORD}body")
    return "\n".join(_lines(body)) if body is not None else ""


def _lines(body: Any) -> Iterator[str]:
    for block in body:
        if block.tag == f"{_WORD}tbl":
            for row in block.iter(f"{_WORD}tr"):
                cells = (_paragraph(cell).strip() for cell in row.iter(f"{_WORD}tc"))
                yield "| " + " | ".join(cells)
        else:
            yield from _paragraph(block).split("\n")


def _paragraph(block: Any) -> str:
    pieces: list[str] = []
    for node in block.iter():
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_WORD}tab":
            pieces.append("\t")
        elif node.tag in (f"{_WORD}br", f"{_WORD}cr"):
            pieces.append("\n")
    return "".join(pieces)
