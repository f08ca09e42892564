"""The containers this layer opens: one entry each. Their members are read like files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from analysis.loading.limits import Limits
from analysis.loading.members import Forward, Member, PassedOver
from analysis.loading.records import Reject

Members = Callable[[Forward, str, Limits], Iterator[Member | Reject | PassedOver]]


@dataclass(frozen=True)
class Container:
    """A container: its name, the module that opens it, and one line about it.

    `wraps` marks compression, which holds one thing and is no archive; `unpacks` that more bytes
    may come out than went in; `seeks` that it is read from its end, and so not from a stream.

    >>> [container.name for container in CONTAINERS if container.wraps]
    ['compressed']
    """

    name: str
    module: str
    description: str
    wraps: bool = False
    unpacks: bool = False
    seeks: bool = False

    def sniffs(self, head: bytes, name: str) -> bool:
        """Whether the first bytes of a file are surely of this container."""
        sniff: Callable[[bytes, str], bool] = self._module().sniff
        return sniff(head, name)

    def members(
        self, stream: Forward, name: str, limits: Limits
    ) -> Iterator[Member | Reject | PassedOver]:
        """Open the container; its members come one at a time, each to be read before the next."""
        members: Members = self._module().members
        return members(stream, name, limits)

    def _module(self) -> Any:
        return import_module(f"analysis.loading.{self.module}")


CONTAINERS = (
    Container("compressed", "container_compressed", "gzip, bzip2, xz", wraps=True, unpacks=True),
    Container("zip", "container_zip", "zip archive", unpacks=True, seeks=True),
    Container("tar", "container_tar", "tar archive, compressed or not"),
    Container("warc", "container_warc", "WARC: text pages among its captures", unpacks=True),
    Container("arc", "container_arc", "ARC, the older web archive", unpacks=True),
    Container("mbox", "container_mbox", "mail folder: one mail after the other"),
    Container("eml", "container_mail", "mail: its text, and its attachments"),
)


def find_container(head: bytes, name: str) -> Container | None:
    """The container that the first bytes of a file show it to be, or None.

    >>> find_container(b"PK\\x03\\x04" + b"\\0" * 40, "a.txt").name
    'zip'
    """
    return next((container for container in CONTAINERS if container.sniffs(head, name)), None)
