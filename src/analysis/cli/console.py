"""What the commands share: progress, one-line errors, exit statuses."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd

USAGE, REJECTED, UNWRITABLE = 2, 3, 8


class Commands(click.Group):
    """A group whose commands end an expected error with one line and a true exit status."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn the package's errors into one line on standard error."""
        try:
            return super().invoke(context)
        except AnalysisError as error:
            stop(str(error), _status(error))
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            stop(f"{where}{error.strerror or error}", _status(error))


def _status(error: Exception) -> int:
    # Reading raises none of these: what cannot be read is a reject. So the system refused a write.
    written = isinstance(error, OSError) and not isinstance(error, AnalysisError)
    return UNWRITABLE if written else USAGE


def stop(message: str, status: int) -> None:
    """Print one line and leave with `status`."""
    click.echo("dispatches: " + " ".join(message.split()), err=True)
    raise click.exceptions.Exit(status)


@contextlib.contextmanager
def progress(what: str) -> Iterator[Callable[..., None]]:
    """Give a progress callback that draws a bar on a terminal and nothing elsewhere."""
    from tqdm import tqdm

    with tqdm(desc=what, unit=" dispatches", disable=not sys.stderr.isatty()) as bar:

        def update(done: int, total: int, _name: str = "") -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield update


def report_rejects(rejects: pd.DataFrame, strict: bool, shown: int = 5) -> None:
    """Say on standard error what was not loaded; under --strict, end with that status."""
    for row in rejects.head(shown).fillna("").to_dict("records"):
        place = f", {row['place']}" if row["place"] else ""
        click.echo(f"rejected {row['source_file']}{place}: {row['reason']}", err=True)
    if len(rejects) > shown:
        click.echo(f"rejected {len(rejects) - shown} more; see the table rejects", err=True)
    if strict and len(rejects):
        stop(f"{len(rejects)} input(s) rejected under --strict", REJECTED)
