"""Layer 7: the command ``dispatches``: arguments in, one call, a true exit status out.

Heavy modules are imported inside the commands, so that ``--help`` answers at once.
"""

from __future__ import annotations

import click

import analysis
from analysis.cli import corpora, inputs, outputs, reports
from analysis.cli.console import Commands

HELP = """Who is quoted in news-wire dispatches, how, in what tone, and how sure we are.

\b
Exit status: 0 done; 1 interrupted or an unforeseen failure; 2 usage or
parameters; 3 some input was rejected and --strict was given; 4 a notebook
failed; 8 cannot write.

\b
Example:
  dispatches run data/sample --out reports
"""


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(analysis.__version__, prog_name="dispatches")
def main() -> None:
    """Group of all commands; its help is `HELP`."""


for command in (
    inputs.load,
    inputs.annotate,
    reports.report,
    reports.run,
    corpora.corpus,
    corpora.query,
    outputs.export,
    outputs.list_things,
):
    main.add_command(command)

__all__ = ["main"]
