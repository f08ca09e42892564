"""Layer 6: run a report notebook without anyone watching, and publish what it says.

The only door to papermill and nbconvert; both are loaded when a report runs, not before.
"""

from analysis.reporting.blocks import ReportTable, command, figure, inputs, provenance, table
from analysis.reporting.manifest import versions
from analysis.reporting.notebooks import find_report, list_reports, locate, read_notebook
from analysis.reporting.parameters import (
    Parameter,
    check_parameters,
    coerce_parameters,
    describe_parameters,
    parse_parameters,
    read_parameters,
)
from analysis.reporting.pdf import PdfError, to_pdf
from analysis.reporting.run import ReportResult, run_report
from analysis.store.query import select

__all__ = [
    "Parameter",
    "PdfError",
    "ReportResult",
    "ReportTable",
    "check_parameters",
    "coerce_parameters",
    "command",
    "describe_parameters",
    "figure",
    "find_report",
    "inputs",
    "list_reports",
    "locate",
    "parse_parameters",
    "provenance",
    "read_notebook",
    "read_parameters",
    "run_report",
    "select",
    "table",
    "to_pdf",
    "versions",
]
