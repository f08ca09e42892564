"""The columns of the dispatches that matter here, in order of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.errors import SchemaError

if TYPE_CHECKING:
    import pandas as pd

_TEXT = ("story_id", "agency", "outlet", "status", "slug", "headline", "body")


def in_order(dispatches: pd.DataFrame) -> pd.DataFrame:
    """Return id, text, times and statements by ``published_at``, ``version``, ``dispatch_id``.

    What is absent is NA, and comes last.

    Raises
    ------
    SchemaError : no ``dispatch_id`` or ``body``, an id that is NA or stands twice, or a time or
        version that is none.
    """
    import pandas as pd

    for name in ("dispatch_id", "body"):
        if name not in dispatches.columns:
            raise SchemaError("dispatches", f"no column {name!r}", "dtype string")
    ids = dispatches["dispatch_id"]
    if ids.isna().any() or ids.duplicated().any():
        wrong = ids[ids.isna() | ids.duplicated()].iloc[0]
        raise SchemaError(
            "dispatches", f"dispatch_id={wrong!r}", "a unique dispatch_id in each row"
        )
    out = {"dispatch_id": ids.astype("string").array}
    absent = pd.Series([pd.NA] * len(ids), dtype="object")
    given = {name: dispatches.get(name, absent) for name in (*_TEXT, "version", "published_at")}
    out |= {name: given[name].astype("string").array for name in _TEXT}
    try:
        out["version"] = given["version"].astype("Int64").array
        out["published_at"] = pd.to_datetime(given["published_at"], utc=True).array
    except (TypeError, ValueError) as error:
        found = f"a version or a time that is none ({error})"
        raise SchemaError("dispatches", found, "Int64 versions and UTC times") from error
    frame = pd.DataFrame(out)
    return frame.sort_values(["published_at", "version", "dispatch_id"], ignore_index=True)
