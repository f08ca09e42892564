"""The folder name of a report: what was asked, in words a person reads in a listing."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from analysis.reporting.parameters import Parameter

# What these say is where the input is, how it is drawn or what it is called, not what is asked.
NOT_ASKED = frozenset({"store", "folder", "data", "draws", "seed", "title"})
TAKEN = ("", "all", "failed")
LONGEST = 60


def default_key(declared: Iterable[Parameter], values: Mapping[str, Any], prefix: str = "") -> str:
    """Return a folder name made from the parameters that differ from their defaults.

    A period (``start`` and ``end``, or ``day``) comes first, so that names sort by time; ``all``
    stands for no difference. A name that does not say it all ends in eight digits of a hash, so
    that two questions never share a folder. `prefix`, a plain name, comes before it all.

    >>> from analysis.reporting.parameters import parse_parameters
    >>> declared = parse_parameters('query: str = ""; top: int = 10')
    >>> default_key(declared, {"query": "patrol", "top": 10})
    'patrol'
    >>> default_key(declared, {"query": "", "top": 10})
    'all'
    """
    asked = {
        p.name: values[p.name]
        for p in declared
        if p.name not in NOT_ASKED and values[p.name] != p.default
    }
    name = _name(asked)
    return "_".join(filter(None, [prefix, "" if prefix and name == "all" else name]))


def _name(asked: Mapping[str, Any]) -> str:
    if not asked:
        return "all"
    period = [str(asked[name]) for name in ("day", "start", "end") if asked.get(name)]
    query = str(asked.get("query", ""))
    rest = [
        f"{k}-{_text(v)}" for k, v in asked.items() if k not in ("day", "start", "end", "query")
    ]
    name = "_".join(filter(None, map(_slug, [*period, query, *rest])))
    plain = len(period) != 1 or "day" in asked
    if plain and not rest and _slug(query) == query and len(name) <= LONGEST and name not in TAKEN:
        return name
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:8]
    return f"{name[:LONGEST].strip('-_')}-{digest}".lstrip("-")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _text(value: Any) -> str:
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)
