"""What a container hands out: members, each with a stream and what the container says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from analysis.loading.dates import Published
from analysis.loading.records import Cut, RawDispatch

LONGEST_NAME = 500
_CHUNK = 1024 * 1024


class Readable(Protocol):
    """Anything with bytes to read, forwards."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


class Forward:
    """A stream read forwards, whose first bytes can be looked at before they are read.

    `count` is told the number of the bytes as they are taken from the inner stream, and may raise.

    >>> import io
    >>> stream = Forward(io.BytesIO(b"WARC/1.0 and more"))
    >>> stream.head(4), stream.read(4), stream.tell()
    (b'WARC', b'WARC', 4)
    """

    def __init__(self, inner: Readable, count: Callable[[int], None] | None = None) -> None:
        self._inner, self._count = inner, count
        self._ahead, self._position = b"", 0

    def head(self, size: int) -> bytes:
        """The first `size` bytes not read yet, or fewer where the stream ends before."""
        pieces, have = [self._ahead], len(self._ahead)
        while have < size and (piece := self._take(size - have)):
            pieces.append(piece)
            have += len(piece)
        self._ahead = b"".join(pieces)
        return self._ahead[:size]

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, perhaps fewer; all that are left for a negative size."""
        if size < 0:
            data = self.whole(2**62)
        elif self._ahead:
            data, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            data = self._take(size)
        self._position += len(data)
        return data

    def whole(self, most: int) -> bytes:
        """Up to `most` bytes: everything, where the stream is not longer."""
        pieces, left = [self._ahead[:most]], most - len(self._ahead)
        self._ahead = self._ahead[most:]
        while left > 0 and (piece := self._take(min(left, _CHUNK))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def tell(self) -> int:
        """Number of bytes read."""
        return self._position

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def _take(self, size: int) -> bytes:
        data = self._inner.read(size)
        if self._count and data:
            self._count(len(data))
        return data


@dataclass(frozen=True)
class Stated:
    """What a container says of a member: a mail's subject and date, a capture's address.

    The subject and the date of a mail go before what its text seems to say; an address and an
    agency only fill what the member leaves open.
    """

    headline: str | None = None
    agency: str | None = None
    url: str | None = None
    published: Published | None = None
    published_zone: str | None = None
    published_evidence: str | None = None
    cuts: tuple[Cut, ...] = ()

    def complete(self, dispatch: RawDispatch) -> RawDispatch:
        """Return the dispatch with what is stated here."""
        known = replace(
            dispatch,
            headline=self.headline or dispatch.headline,
            agency=dispatch.agency or self.agency,
            url=dispatch.url or self.url,
            cuts=(*self.cuts, *dispatch.cuts),
        )
        if self.published is None:
            return known
        return replace(
            known,
            published_at=self.published.at,
            published_precision=self.published.precision,
            published_zone=self.published_zone,
            published_evidence=self.published_evidence,
        )


NOTHING = Stated()


@dataclass(frozen=True)
class Member:
    """One member: its name as shown ("" where it is the container's only one), and its bytes.

    `what` names the stretch that is damaged when its bytes cannot be read.
    """

    name: str
    stream: Readable
    what: str
    stated: Stated = NOTHING


@dataclass(frozen=True)
class PassedOver:
    """Something in a container that holds no dispatch by its nature, such as a WARC request."""

    what: str


def shown(name: str) -> str:
    """A member's name as it can be stored and shown; it never becomes a path.

    >>> shown("../wire\\\\a\\n.txt")
    '../wire/a?.txt'
    """
    printable = "".join(mark if mark.isprintable() else "?" for mark in name[:LONGEST_NAME])
    return printable.encode("utf-8", "backslashreplace").decode().replace("\\", "/")
