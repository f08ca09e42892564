"""From one file to the dispatches in it, through the containers it may be packed in."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.loading.containers import Container, find_container
from analysis.loading.detect import detect
from analysis.loading.files import FoundFile
from analysis.loading.formats import FORMATS, HEAD
from analysis.loading.limits import Limits
from analysis.loading.members import NOTHING, Forward, Member, PassedOver, Stated
from analysis.loading.records import ReadOptions, ReadResult, Reject

RATIO_FLOOR = 16 * 1024 * 1024
_MOST_LAYERS = 2  # of compression about one thing
# Reason, found and expected: a file that gives nothing must not vanish without a row.
_NOTHING_IN_ARCHIVE = ("archive without dispatches", "no members to read", "members")
_NOTHING_IN_FILE = ("file without dispatches", "no rows or records", "at least one dispatch")


class OverBudgetError(Exception):
    """A file gives more than `Limits` allows; it carries the rejects row's words."""


@dataclass
class Budget:
    """What one file may still give, over all its members and whatever is packed in them."""

    limits: Limits
    packed: int
    members: int = 0
    unpacked: int = 0
    spent: tuple[str, str, str] | None = None

    def take(self, n_bytes: int) -> None:
        """Count bytes that were unpacked."""
        self.unpacked += n_bytes
        if self.unpacked > self.limits.unpacked_bytes:
            expected = f"at most {self.limits.unpacked_bytes} bytes"
            self._stop("too much to unpack", "more than that", expected)
        if self.unpacked > max(RATIO_FLOOR, self.limits.unpacked_ratio * self.packed):
            found = f"{self.unpacked} bytes from a file of {self.packed}"
            expected = f"at most {self.limits.unpacked_ratio} times its size"
            self._stop("unpacks to too many times its size", found, expected)

    def member(self) -> None:
        """Count a member."""
        self.members += 1
        if self.members > self.limits.members:
            self._stop(
                "too many members", "more than that", f"at most {self.limits.members} members"
            )

    def _stop(self, reason: str, found: str, expected: str) -> None:
        self.spent = (reason, found, expected)
        raise OverBudgetError(reason)


@dataclass(frozen=True)
class _Source:
    """Something to read: the stream, the name it is reported under, and what is known of it."""

    stream: Forward
    name: str
    what: str
    stated: Stated = NOTHING
    depth: int = 0
    layers: int = 0
    raw: Any = None  # the file itself, where the source is one: it can be sought


def read_file(file: FoundFile, format: str | None, options: ReadOptions) -> Iterator[ReadResult]:
    """Read a file, or every member of it, as `format` or as what its content shows it to be.

    One result a file or member, each made when it is asked for: no more than one is held.
    """
    try:
        if not file.path.is_file():
            reject = Reject(file.name, format, "not a regular file", None, "a regular file")
            yield ReadResult(rejects=[reject])
            return
        stream = file.path.open("rb")
        packed = file.path.stat().st_size
    except OSError as error:
        found = error.strerror or type(error).__name__
        reject = Reject(file.name, format, "file cannot be read", found, "a readable file")
        yield ReadResult(rejects=[reject])
        return
    with stream:
        walk = Walk(format, options, Budget(options.limits, packed))
        yield from walk.read(_Source(Forward(stream), file.name, "", raw=stream))
    if walk.passed_over:
        yield ReadResult(passed_over=dict(walk.passed_over))


@dataclass
class Walk:
    """Goes through one file, into the containers inside it."""

    format: str | None
    options: ReadOptions
    budget: Budget
    passed_over: Counter[str] = field(default_factory=Counter)

    def read(self, source: _Source) -> Iterator[ReadResult]:
        """Yield a result for the source, or for each member where it is a container."""
        head = self._try(lambda: source.stream.head(HEAD), source)
        if isinstance(head, Reject):
            yield ReadResult(rejects=[head])
            return
        container = find_container(head, source.name)
        if container is None:
            yield self._read_content(source)
        elif self._too_deep(container, source):
            expected = f"archives nested at most {self.options.limits.depth} deep"
            reject = Reject(source.name, container.name, "nested too deeply", None, expected)
            yield ReadResult(rejects=[reject])
        else:
            yield from self._read_members(container, source)

    def _too_deep(self, container: Container, source: _Source) -> bool:
        if container.wraps:
            return source.layers >= _MOST_LAYERS
        return source.depth >= self.options.limits.depth

    def _read_members(self, container: Container, source: _Source) -> Iterator[ReadResult]:
        stream = self._try(lambda: self._seekable(source), source) if container.seeks else None
        if isinstance(stream, Reject):
            yield ReadResult(rejects=[stream])
            return
        items = container.members(stream or source.stream, source.name, self.options.limits)
        inside = replace(
            source, what=f"{container.name} {'file' if container.wraps else 'archive'}"
        )
        empty = True
        while True:
            item = self._try(lambda: self._next(items), inside)
            if item is None:
                if empty:
                    found = Reject(source.name, container.name, *_NOTHING_IN_ARCHIVE)
                    yield ReadResult(rejects=[found])
                return
            empty = False
            if isinstance(item, PassedOver):
                self.passed_over[item.what] += 1
            elif isinstance(item, Reject):
                yield ReadResult(rejects=[item])
            else:
                yield from self.read(self._inside(container, source, item))
            if self.budget.spent:
                return

    def _next(self, items: Iterator[Member | Reject | PassedOver]) -> Any:
        item = next(items, None)
        if (isinstance(item, Member) and item.name) or isinstance(item, Reject):
            self.budget.member()
        return item

    def _inside(self, container: Container, source: _Source, member: Member) -> _Source:
        stream = Forward(member.stream, self.budget.take if container.unpacks else None)
        if container.wraps:
            return replace(
                source, stream=stream, what=member.what, layers=source.layers + 1, raw=None
            )
        name = f"{source.name}#{member.name}" if member.name else source.name
        return _Source(stream, name, member.what, member.stated, source.depth + 1)

    def _seekable(self, source: _Source) -> Any:
        if source.raw is not None:
            source.raw.seek(0)
            return source.raw
        most = self.options.limits.file_bytes
        data = source.stream.whole(most + 1)
        if len(data) > most:
            expected = f"at most {most} bytes"
            return Reject(source.name, None, "file too large", "more than that", expected)
        return io.BytesIO(data)

    def _read_content(self, source: _Source) -> ReadResult:
        most = self.options.limits.file_bytes
        data = self._try(lambda: source.stream.whole(most + 1), source)
        if isinstance(data, Reject):
            return ReadResult(rejects=[data])
        if len(data) > most:
            expected = f"at most {most} bytes"
            reject = Reject(source.name, self.format, "file too large", "more than that", expected)
            return ReadResult(rejects=[reject])
        if not data.strip():
            found = f"{len(data)} bytes"
            return ReadResult(
                rejects=[Reject(source.name, self.format, "empty file", found, "text")]
            )
        name = self.format or detect(data, source.name, self.options)
        if isinstance(name, Reject):
            return ReadResult(rejects=[name])
        result = FORMATS[name].reader()(data, source.name, self.options)
        if not (result.dispatches or result.rejects or result.passed_over):
            result.rejects = [Reject(source.name, name, *_NOTHING_IN_FILE)]
        if source.stated is not NOTHING:
            result.dispatches = [source.stated.complete(raw) for raw in result.dispatches]
        return result

    def _try(self, step: Callable[[], Any], source: _Source) -> Any:
        """What a step gives, or a rejects row for whatever breaks in a damaged container."""
        try:
            return step()
        except BaseException as error:
            # Parsers of other projects meet hostile bytes here; one of them, written in Rust,
            # reports a broken assumption outside of Exception.
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            if self.budget.spent:
                return Reject(source.name, self.format, *self.budget.spent)
            if isinstance(error, OSError) and error.errno is not None:
                found = error.strerror or type(error).__name__
                return Reject(
                    source.name, self.format, "file cannot be read", found, "a readable file"
                )
            found = (str(error) or type(error).__name__).split("\n")[0][:200]
            reason, expected = f"damaged {source.what or 'file'}", f"a complete {source.what}"
            return Reject(source.name, self.format, reason, found, expected)
