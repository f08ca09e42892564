"""Bytes in, canonical tables out: read dispatches from files and folders.

`load` reads files and folders, `load_query` databases. Each format has a module of its own;
`FORMATS` lists them, as `containers` lists what files may be packed in.
"""

from analysis.loading.database import load_query
from analysis.loading.formats import FORMATS, Format
from analysis.loading.limits import Limits
from analysis.loading.loaded import Loaded
from analysis.loading.loader import load
from analysis.loading.repair import received_body

__all__ = [
    "FORMATS",
    "Format",
    "Limits",
    "Loaded",
    "load",
    "load_query",
    "received_body",
]
