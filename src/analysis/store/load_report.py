"""What `load_into` returns: counts, and a summary a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from analysis.loading.records import Reject


@dataclass(frozen=True, repr=False)
class LoadReport:
    """What one load added to a corpus, and what it passed over.

    Parameters
    ----------
    store, load_id : the corpus, and the load's name in its log.
    files, files_known : files read to the end; files passed over because the corpus has read them.
    dispatches, repeats : dispatches added; dispatches passed over because the corpus holds them.
    rejects, cuts, repairs : rows added to these tables.
    transactions, seconds : transactions written, and the time it took.
    first_rejects : the first rejects, at most `SHOWN`; the table has them all.

    >>> LoadReport("news", "0a", files=2, dispatches=7, repeats=1, transactions=1, seconds=0.4)
    LoadReport: 7 dispatches added to news
      files read: 2
      repeats passed over: 1
      seconds: 0.4
    """

    store: str
    load_id: str
    files: int = 0
    files_known: int = 0
    dispatches: int = 0
    repeats: int = 0
    rejects: int = 0
    cuts: int = 0
    repairs: int = 0
    transactions: int = 0
    seconds: float = 0.0
    first_rejects: tuple[Reject, ...] = ()

    def summary(self) -> dict[str, str]:
        """Counts in words; what is nought is left out, but for the dispatches.

        >>> LoadReport("news", "0a").summary()
        {'dispatches added': '0', 'seconds': '0.0'}
        """
        counts = {
            "files read": self.files,
            "files passed over": self.files_known,
            "repeats passed over": self.repeats,
            "rejects": self.rejects,
            "cuts": self.cuts,
            "repairs": self.repairs,
        }
        told = {name: f"{count:,}" for name, count in counts.items() if count}
        added = {"dispatches added": f"{self.dispatches:,}"}
        return added | told | {"seconds": f"{self.seconds:.1f}"}

    def __repr__(self) -> str:
        facts = self.summary()
        head = f"LoadReport: {facts.pop('dispatches added')} dispatches added to {self.store}"
        return "\n".join([head, *(f"  {name}: {fact}" for name, fact in facts.items())])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{escape(name)}</th>'
            f'<td style="text-align:right">{escape(fact)}</td></tr>'
            for name, fact in self.summary().items()
        )
        caption = escape(f"Loaded into {self.store}")
        return f"<table><caption>{caption}</caption><tbody>{rows}</tbody></table>"


SHOWN = 20
