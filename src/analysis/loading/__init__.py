"""Bytes in, canonical tables out: read dispatches from files and folders.

`load` is the one entry. Each format has a module of its own; `FORMATS` lists them.
"""

from analysis.loading.formats import FORMATS, Format
from analysis.loading.limits import Limits
from analysis.loading.loaded import Loaded
from analysis.loading.loader import load
from analysis.loading.repair import received_body

__all__ = ["FORMATS", "Format", "Limits", "Loaded", "load", "received_body"]
