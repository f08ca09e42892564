"""What changed between versions of the table contract, and how older rows become current ones."""

from __future__ import annotations

from collections.abc import Mapping

from analysis import schema

# The version a step leads away from: the columns that the next version added, by table. A row
# written before that holds NA in them. Tables that are new need no entry: they have no files.
MIGRATIONS: dict[int, Mapping[str, tuple[str, ...]]] = {
    1: {
        "dispatches": (
            "language_evidence",
            "published_zone",
            "published_evidence",
            "embargo_until",
            "dateline_evidence",
            "duplicate_shared",
        )
    },
}


def columns_at(table: str, version: int) -> list[str]:
    """Return the columns that `table` had in that version of the contract, in order.

    >>> "embargo_until" in columns_at("dispatches", 1), "slug" in columns_at("dispatches", 1)
    (False, True)
    """
    later = {
        name
        for step in range(version, schema.SCHEMA_VERSION)
        for name in MIGRATIONS[step].get(table, ())
    }
    return [name for name in schema.table_schema(table).names if name not in later]


def can_read(version: object) -> bool:
    """Whether rows of that version of the contract can be read.

    >>> can_read(schema.SCHEMA_VERSION), can_read(schema.SCHEMA_VERSION + 1), can_read("1")
    (True, False, False)
    """
    return version == schema.SCHEMA_VERSION or version in MIGRATIONS
