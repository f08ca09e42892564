"""What a corpus holds: how much, what it repeats, who republishes whom, and what is not said."""

from __future__ import annotations

import pandas as pd

from analysis.findings.words import listed, number, period
from analysis.stats.wording import number_as_text, value_as_text
from analysis.versions.numbering import COPIES

KINDS = {
    "exact": ("exact copy", "exact copies"),
    "copy": ("copy with small changes", "copies with small changes"),
    "truncated": ("shortened copy", "shortened copies"),
    "update": ("update", "updates"),
    "corrected": ("correction", "corrections"),
    "withdrawn": ("withdrawal", "withdrawals"),
    "roundup": ("roundup", "roundups"),
}
FIELD_NAMES = {
    "agency": "an agency",
    "outlet": "an outlet",
    "published_at": "a time of publication",
    "dateline_place": "a place in the dateline",
    "byline": "a byline",
    "language": "a language",
}


def holdings(dispatches: pd.DataFrame) -> str:
    """Say how many dispatches there are, of how many agencies, from when, in how many formats.

    Parameters
    ----------
    dispatches : the dispatches table; all are counted, copies too.

    >>> from analysis.stats import invented_tables
    >>> holdings(invented_tables().dispatches)
    'The corpus holds 6 dispatches of 2 agencies, 4 March to 13 March 2031, in 1 format.'
    """
    if not len(dispatches):
        return "The corpus holds no dispatches."
    agencies, formats = (dispatches[name].nunique() for name in ("agency", "format"))
    times = dispatches["published_at"]
    parts = [
        number(len(dispatches), "dispatch", "dispatches")
        + (f" of {number(agencies, 'agency', 'agencies')}" if agencies else ""),
        period(times.min(), times.max()),
        f"in {number(formats, 'format', 'formats')}" if formats else "",
    ]
    return f"The corpus holds {', '.join(filter(None, parts))}."


def repeats(by_kind: pd.DataFrame) -> str:
    """Say how many dispatches repeat another, and how.

    Parameters
    ----------
    by_kind : result of `analysis.stats.volume` by ``"duplicate_kind"``.

    >>> import pandas as pd
    >>> kinds = pd.DataFrame({"duplicate_kind": [None, "exact"], "dispatches": [64, 2]})
    >>> repeats(kinds)
    '2 of 66 dispatches repeat another one: 2 exact copies. Without copies, 64 remain.'
    """
    total = int(by_kind["dispatches"].sum())
    kinds = by_kind.dropna(subset=["duplicate_kind"])
    repeating = int(kinds["dispatches"].sum())
    if not repeating:
        return "No dispatch repeats another one." if total else "There is nothing to repeat."
    rows = zip(kinds["duplicate_kind"], kinds["dispatches"], strict=True)
    parts = [number(n, *KINDS.get(kind, (kind, kind))) for kind, n in rows]
    verb = "repeats" if repeating == 1 else "repeat"
    copies = int(kinds.loc[kinds["duplicate_kind"].isin(COPIES), "dispatches"].sum())
    left = f" Without copies, {total - copies:,} remain." if copies else ""
    whole = number(total, "dispatch", "dispatches")
    return f"{repeating:,} of {whole} {verb} another one: {listed(parts)}.{left}"


def republished(counted: pd.DataFrame) -> str:
    """Say which agency is republished most, and by how many outlets.

    Parameters
    ----------
    counted : result of `analysis.stats.republication`.

    >>> import pandas as pd
    >>> rows = {"agency": ["NPA"], "outlet": ["Ledger"], "dispatches": [1], "by_copy": [0]}
    >>> republished(pd.DataFrame(rows))
    '1 dispatch of 1 agency appeared in 1 outlet. Most often: NPA in Ledger (1).'
    """
    if not len(counted):
        return "No outlet is known to have published an agency's dispatch."
    most = counted[counted["dispatches"].eq(counted["dispatches"].max())]
    pairs = [
        f"{value_as_text(row['agency'])} in {value_as_text(row['outlet'])}"
        for _, row in most.head(3).iterrows()
    ]
    more = f", and {len(most) - 3} more pairs" if len(most) > 3 else ""
    copied = int(counted["by_copy"].sum())
    verb = "was" if copied == 1 else "were"
    tail = f" {copied:,} of these {verb} recognised by the text alone." if copied else ""
    return (
        f"{number(counted['dispatches'].sum(), 'dispatch', 'dispatches')} of "
        f"{number(counted['agency'].nunique(), 'agency', 'agencies')} appeared in "
        f"{number(counted['outlet'].nunique(), 'outlet', 'outlets')}. Most often: "
        f"{listed(pairs)}{more} ({int(most['dispatches'].iloc[0]):,}).{tail}"
    )


def refused(rejects: pd.DataFrame) -> str:
    """Say how many inputs, or parts of them, could not be loaded, and why most of them.

    Parameters
    ----------
    rejects : the rejects table.

    >>> import pandas as pd
    >>> refused(pd.DataFrame({"source_file": ["a.txt"], "reason": ["empty file"]}))
    '1 input or part of one was not loaded: empty file (1).'
    """
    if not len(rejects):
        return "Every input was loaded."
    reasons = rejects["reason"].value_counts(sort=False)
    reasons = reasons.sort_index().sort_values(ascending=False, kind="stable")
    parts = [f"{value_as_text(reason)} ({n:,})" for reason, n in reasons.head(3).items()]
    rest = len(reasons) - 3
    parts += [number(rest, "other reason", "other reasons")] if rest > 0 else []
    n = number(len(rejects), "input or part of one was", "inputs or parts of them were")
    return f"{n} not loaded: {listed(parts)}."


def missing(fields: pd.DataFrame) -> str:
    """Say what share of the dispatches lacks each field, the largest first.

    Parameters
    ----------
    fields : result of `analysis.stats.missing_fields` without groups.

    >>> from analysis.stats import invented_tables, missing_fields
    >>> missing(missing_fields(invented_tables().dispatches, ["agency", "byline"]))
    'Of 6 dispatches, 100 % lack a byline; all have an agency.'
    """
    if not fields["dispatches"].gt(0).any():
        return "There are no dispatches that could lack anything."
    names = fields["field"].map(lambda field: FIELD_NAMES.get(field, str(field)))
    named = fields.assign(name=names).sort_values("missing", ascending=False, kind="stable")
    lacking = [
        f"{number_as_text(row['share'], 'share_of_attributions')} lack {row['name']}"
        for _, row in named[named["missing"].gt(0)].iterrows()
    ]
    full = named.loc[named["missing"].eq(0), "name"].tolist()
    parts = [listed(lacking)] if lacking else []
    parts += [f"all have {listed(full)}"] if full else []
    n = number(fields["dispatches"].iloc[0], "dispatch", "dispatches")
    return f"Of {n}, {'; '.join(parts)}."
