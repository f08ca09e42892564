"""A list of sentences that shows itself well in a notebook, a report and a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, repr=False)
class Findings:
    """Sentences, shown as a list by Jupyter and in reports, and as lines of text elsewhere.

    >>> Findings(("Ministers were heard most.",))
    - Ministers were heard most.
    """

    sentences: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sentences)

    def __len__(self) -> int:
        return len(self.sentences)

    def __repr__(self) -> str:
        # A name that an agency wrote over two lines must not pass for two findings.
        return "\n".join("- " + " ".join(sentence.splitlines()) for sentence in self.sentences)

    def _repr_html_(self) -> str:
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in self.sentences)
        return f'<ul class="findings">{items}</ul>'


def sentences(*parts: str | Iterable[str]) -> Findings:
    """Return sentences, one by one or in lists, as one list; empty ones are left out.

    >>> sentences("One.", ["Two.", ""])
    - One.
    - Two.
    """
    flat = [one for part in parts for one in ([part] if isinstance(part, str) else part)]
    return Findings(tuple(one for one in flat if one))
