"""The text of an export from a research database, whatever the file it was saved as."""

from __future__ import annotations

from analysis.loading.decode import decode, looks_binary
from analysis.loading.docx_lines import MAGIC as DOCX
from analysis.loading.docx_lines import docx_text
from analysis.loading.record_dispatch import Source
from analysis.loading.records import Cut, ReadOptions, Reject
from analysis.loading.rtf_lines import MAGIC as RTF
from analysis.loading.rtf_lines import rtf_text
from analysis.loading.text_dispatch import encoding_cut
from analysis.loading.wrapped_text import longest_line


def export_text(
    data: bytes, source: Source, options: ReadOptions
) -> tuple[str, str | None, list[Cut]] | Reject:
    """Return text, encoding and a note on a guessed encoding; a `Reject` for what is no text."""
    encoding, cuts = None, []
    if data.startswith(DOCX):
        text = docx_text(data, source, options.limits)
    elif data.lstrip().startswith(RTF):
        text = rtf_text(data, source, options.limits)
    else:
        binary = looks_binary(data)
        decoded = None if binary else decode(data)
        if decoded is None:
            reason = "binary file" if binary else "unknown encoding"
            return source.reject(reason, binary, "text, DOCX or RTF")
        text, encoding, cuts = decoded.text, decoded.encoding, encoding_cut(decoded)
    if isinstance(text, Reject):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").lstrip("\ufeff")
    longest = longest_line(text, options.limits.line_chars)
    if longest:
        expected = f"lines of at most {options.limits.line_chars} characters"
        return source.reject("line too long", f"{longest} characters", expected)
    return text, encoding, cuts
