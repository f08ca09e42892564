"""Mails: the text is a dispatch with subject and date, attachments are read like files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.mail_headers import header, stated_by_mail
from analysis.loading.members import Member, PassedOver, shown
from analysis.loading.records import Reject

_FIELD = re.compile(rb"([!-9;-~]{1,100}):[ \t]?")
_TRANSPORT = {
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"delivered-to",
    b"x-mailer",
}
_TEXTS = ("text/plain", "text/html")
_NO_DISPATCH = ("image", "audio", "video", "font")
_NO_DISPATCH_TYPES = ("text/css", "text/calendar", "application/pgp-signature", "text/x-amp-html")
_MOST_BYTES = 64 * 1024 * 1024
_MOST_PARTS = 200


def sniff(head: bytes, name: str) -> bool:
    """Whether the file starts with a mail's header: sender, date or subject, and its transport."""
    names = _field_names(head)
    stated = b"from" in names and (b"date" in names or b"subject" in names)
    return stated and (bool(names & _TRANSPORT) or name.casefold().endswith(".eml"))


def members(stream: Any, name: str, limits: Limits) -> Iterator[Member | Reject | PassedOver]:
    """Give the text of the mail, plain text before HTML, then its attachments."""
    from email import message_from_bytes

    most = min(limits.file_bytes, _MOST_BYTES)
    data = stream.whole(most + 1)
    n_parts = data.lower().count(b"boundary=")
    if len(data) > most:
        yield Reject(name, "eml", "file too large", "more than that", f"at most {most} bytes")
    elif n_parts > _MOST_PARTS:
        expected = f"at most {_MOST_PARTS} parts with parts"
        yield Reject(name, "eml", "too many parts", f"{n_parts} boundaries", expected)
    else:
        yield from _members(message_from_bytes(data), name)


def _members(mail: Any, name: str) -> Iterator[Member | Reject | PassedOver]:
    parts = list(_parts(mail))
    texts = [part for part in parts if _is_text(part)]
    body = next((p for kind in _TEXTS for p in texts if _kind(p) == kind and _content(p)), None)
    if body is None:
        yield Reject(name, "eml", "mail without text", _kinds(parts), "text/plain or text/html")
    else:
        yield Member("", io.BytesIO(_as_utf8(body)), "mail", stated_by_mail(mail))
    for number, part in enumerate(parts, 1):
        if not _is_text(part):
            yield _attachment(part, number)


def _parts(mail: Any) -> Iterator[Any]:
    """The parts that hold something, in order; a forwarded mail is one part, not its parts."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        inner = part.get_payload()
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = inner
        else:
            yield part


def _is_text(part: Any) -> bool:
    attached = (part.get_content_disposition() or "") == "attachment"
    return _kind(part) in _TEXTS and not attached and not part.get_filename()


def _attachment(part: Any, number: int) -> Member | PassedOver:
    kind = _kind(part)
    if kind in _NO_DISPATCH_TYPES or part.get_content_maintype() in _NO_DISPATCH:
        return PassedOver(f"mail part of type {kind[:60]}")
    if part.get_content_maintype() == "message":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner else b""
    else:
        data = _content(part)
    name = header(part.get_filename() or "") or f"part {number}"
    if kind == "message/rfc822" and not name.casefold().endswith(".eml"):
        name += ".eml"
    return Member(shown(name), io.BytesIO(data), "attachment")


def _kind(part: Any) -> str:
    return str(part.get_content_type()).casefold()


def _kinds(parts: list[Any]) -> str:
    return ", ".join(dict.fromkeys(_kind(part)[:60] for part in parts[:20])) or "no part"


def _content(part: Any) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) and data.strip() else b""


def _as_utf8(part: Any) -> bytes:
    """The text in UTF-8 where the mail states an encoding that fits, else as it came."""
    data = _content(part)
    try:
        return data.decode(str(part.get_content_charset("utf-8"))).encode()
    except (LookupError, ValueError):
        return data


def _field_names(head: bytes) -> set[bytes]:
    names: set[bytes] = set()
    for line in head.split(b"\n")[:200]:
        if not line.strip():
            return names
        field = _FIELD.match(line)
        if field:
            names.add(field[1].lower())
        elif not line.startswith((b" ", b"\t")) or not names:
            return set()
    return names
