"""Everything that can go wrong, in few classes that carry the facts.

A message says what was found, what was expected and what to do. The facts are attributes too, so
that a caller can act on them without reading the message.
"""

from __future__ import annotations


class AnalysisError(Exception):
    """Base of every error this package raises on purpose.

    >>> issubclass(SchemaError, AnalysisError)
    True
    """


class InputError(AnalysisError, ValueError):
    """An argument, a path or a parameter that cannot be used as given.

    Parameters
    ----------
    found : what was given.
    expected : what would have been accepted.
    advice : what to do about it.

    >>> str(InputError("method 'magic'", "one of: rules", "pass method='rules'"))
    "found method 'magic', expected one of: rules; pass method='rules'"
    """

    def __init__(self, found: str, expected: str, advice: str = "") -> None:
        self.found, self.expected, self.advice = found, expected, advice
        super().__init__(f"found {found}, expected {expected}" + (f"; {advice}" if advice else ""))


class SchemaError(AnalysisError, ValueError):
    """A table that does not keep its contract (see `analysis.schema`).

    >>> str(SchemaError("dispatches", "no column 'body'", "a column 'body' of dtype string"))
    "table 'dispatches': found no column 'body', expected a column 'body' of dtype string"
    """

    def __init__(self, table: str, found: str, expected: str) -> None:
        self.table, self.found, self.expected = table, found, expected
        super().__init__(f"table {table!r}: found {found}, expected {expected}")


class StoreError(AnalysisError, OSError):
    """A store that is absent, damaged, or written by another schema version."""

    def __init__(self, folder: str, found: str, expected: str) -> None:
        self.folder, self.found, self.expected = folder, found, expected
        super().__init__(f"store {folder}: found {found}, expected {expected}")


class MissingExtraError(AnalysisError, ImportError):
    """An optional dependency that is not installed.

    >>> str(MissingExtraError("dask", "engine='dask'"))
    "engine='dask' needs the extra 'dask': pip install 'dispatch-analysis[dask]'"
    """

    def __init__(self, extra: str, wanted_by: str) -> None:
        self.extra, self.wanted_by = extra, wanted_by
        super().__init__(
            f"{wanted_by} needs the extra {extra!r}: pip install 'dispatch-analysis[{extra}]'"
        )


class ModelError(AnalysisError, OSError):
    """A model whose files are absent, damaged, or not the ones its card names.

    >>> str(ModelError("encoder.onnx", "SHA-256 00ab…", "53aa… as its card says"))
    'model file encoder.onnx: found SHA-256 00ab…, expected 53aa… as its card says'
    """

    def __init__(self, file: str, found: str, expected: str) -> None:
        self.file, self.found, self.expected = file, found, expected
        super().__init__(f"model file {file}: found {found}, expected {expected}")
