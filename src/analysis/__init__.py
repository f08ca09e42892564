"""Who is quoted in news-wire dispatches, how, in what tone, and how sure we are.

>>> import analysis
>>> loaded = analysis.load("data/sample")                     # doctest: +SKIP
>>> tables = analysis.annotate(loaded)                        # doctest: +SKIP
>>> analysis.stats.share_of_voice(tables, by="source_type")   # doctest: +SKIP

Names are resolved on first use, so that ``import analysis`` loads neither pandas nor a lexicon.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import display, figures, findings, reporting, schema, stats
    from analysis.attribution import attributions_as_json
    from analysis.errors import AnalysisError, InputError, SchemaError, StoreError
    from analysis.loading import Loaded, load, load_query
    from analysis.pipeline import annotate, prepare
    from analysis.store import Tables, open_store
    from analysis.store.corpus import loads, open_corpus
    from analysis.store.ingest import load_into
    from analysis.store.load_report import LoadReport
    from analysis.store.query import select
    from analysis.store.rewrite import compact, migrate
    from analysis.store.sql import query
    from analysis.versions import find_duplicates, number_versions, usable_versions

__version__ = "0.2.0"

_HOME = {
    "AnalysisError": "analysis.errors",
    "InputError": "analysis.errors",
    "LoadReport": "analysis.store.load_report",
    "Loaded": "analysis.loading",
    "SchemaError": "analysis.errors",
    "StoreError": "analysis.errors",
    "Tables": "analysis.store",
    "annotate": "analysis.pipeline",
    "attributions_as_json": "analysis.attribution",
    "compact": "analysis.store.rewrite",
    "find_duplicates": "analysis.versions",
    "load": "analysis.loading",
    "load_into": "analysis.store.ingest",
    "load_query": "analysis.loading",
    "loads": "analysis.store.corpus",
    "migrate": "analysis.store.rewrite",
    "number_versions": "analysis.versions",
    "open_corpus": "analysis.store.corpus",
    "open_store": "analysis.store",
    "prepare": "analysis.pipeline",
    "query": "analysis.store.sql",
    "select": "analysis.store.query",
    "usable_versions": "analysis.versions",
}
_MODULES = ("display", "figures", "findings", "reporting", "schema", "stats")

__all__ = [
    "AnalysisError",
    "InputError",
    "LoadReport",
    "Loaded",
    "SchemaError",
    "StoreError",
    "Tables",
    "__version__",
    "annotate",
    "attributions_as_json",
    "compact",
    "display",
    "figures",
    "find_duplicates",
    "findings",
    "load",
    "load_into",
    "load_query",
    "loads",
    "migrate",
    "number_versions",
    "open_corpus",
    "open_store",
    "prepare",
    "query",
    "reporting",
    "schema",
    "select",
    "stats",
    "usable_versions",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
    elif name in _MODULES:
        value = importlib.import_module(f"analysis.{name}")
    else:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
