"""How long a corpus takes to load, reopen and filter, and how much memory, beside two peers.

    python benchmarks/store.py [--dispatches 200000] [--files 400] [--months 24] [--peers]

Invents the dispatches itself (JSON Lines, about 1,500 characters each, months mixed), then runs
each step in a process of its own and prints its seconds and peak memory. The peers get the same
files: pandas, one big Parquet file that is read whole and filtered; SQLite, a table with an index
on content hash and month, INSERT OR IGNORE. Both parse the JSON and hash the text; neither counts
words, keeps rejects, or can be read while it is written to.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MONTH = "2031-03"
WORDS = (
    "harbour minister patrol strait council budget levee convoy envoy quarry ferry ration vote "
    "accord tariff dredger embankment said that the of a in on after before with for and its"
).split()


def invent(folder: Path, n_dispatches: int, n_files: int, n_months: int) -> int:
    """Write the dispatches into `folder`; return their bytes."""
    chance = random.Random(7)
    sentences = [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(5000)]
    written = 0
    for number in range(n_files):
        lines = []
        for item in range(number, n_dispatches, n_files):
            month = chance.randrange(n_months)
            row = {
                "id": f"d{item}",
                "headline": f"{chance.choice(WORDS)} {item}",
                "agency": chance.choice(("MPA", "CWS", "XPA")),
                "published_at": f"{2030 + month // 12}-{month % 12 + 1:02}-{item % 28 + 1:02}"
                f"T{item % 24:02}:00:00Z",
                "body": " ".join(chance.choices(sentences, k=18)),
            }
            lines.append(json.dumps(row))
        text = "\n".join(lines)
        (folder / f"wire-{number:05}.jsonl").write_text(text, encoding="utf-8")
        written += len(text)
    return written


def load(source: Path, home: Path) -> object:
    """Load everything into a corpus."""
    import analysis

    return analysis.load_into(source, home / "corpus").dispatches


def reload(source: Path, home: Path) -> object:
    """Load the same files again."""
    import analysis

    return analysis.load_into(source, home / "corpus").dispatches


def renamed(source: Path, home: Path) -> object:
    """Load the same dispatches from other files: one line more in each."""
    import analysis

    other = home / "renamed"
    other.mkdir()
    for path in source.iterdir():
        (other / path.name).write_text(path.read_text() + "\n")
    return analysis.load_into(other, home / "corpus").dispatches


def reopen(source: Path, home: Path) -> object:
    """Read all dispatches."""
    import analysis

    return len(analysis.open_corpus(home / "corpus"))


def month(source: Path, home: Path) -> object:
    """Read the dispatches of one month."""
    import analysis

    found = analysis.open_corpus(home / "corpus", start=f"{MONTH}-01", end=f"{MONTH}-31")
    return len(found)


def sql(source: Path, home: Path) -> object:
    """Count by month and agency in SQL."""
    import analysis

    statement = (
        "SELECT strftime(published_at, '%Y-%m') m, agency, count(*) FROM dispatches GROUP BY ALL"
    )
    return len(analysis.query(home / "corpus", statement))


def compact(source: Path, home: Path) -> object:
    """Join the files of each month."""
    import analysis

    return analysis.compact(home / "corpus")


def pandas_load(source: Path, home: Path) -> object:
    """pandas: read every file, drop repeats, write one Parquet file."""
    import pandas as pd

    frame = pd.concat([pd.read_json(path, lines=True) for path in sorted(source.iterdir())])
    frame["content_hash"] = [digest(row) for row in frame.to_dict("records")]
    frame = frame.drop_duplicates("content_hash")
    frame.to_parquet(home / "big.parquet", compression="zstd", index=False)
    return len(frame)


def pandas_month(source: Path, home: Path) -> object:
    """pandas: read the Parquet file and filter by month."""
    import pandas as pd

    frame = pd.read_parquet(home / "big.parquet")
    return int((frame["published_at"].dt.strftime("%Y-%m") == MONTH).sum())


def sqlite_load(source: Path, home: Path) -> object:
    """SQLite: INSERT OR IGNORE, a transaction a file."""
    database = sqlite3.connect(home / "wire.db")
    database.execute(
        "CREATE TABLE dispatches (id, headline, agency, published_at, body, month, hash UNIQUE)"
    )
    database.execute("CREATE INDEX by_month ON dispatches (month)")
    for path in sorted(source.iterdir()):
        with database:
            database.executemany(
                "INSERT OR IGNORE INTO dispatches VALUES (?, ?, ?, ?, ?, ?, ?)", rows_of(path)
            )
    return database.execute("SELECT count(*) FROM dispatches").fetchone()[0]


def sqlite_month(source: Path, home: Path) -> object:
    """SQLite: select one month into pandas."""
    import pandas as pd

    database = sqlite3.connect(home / "wire.db")
    statement = "SELECT * FROM dispatches WHERE month = ?"
    return len(pd.read_sql(statement, database, params=(MONTH,)))


def rows_of(path: Path) -> Iterator[tuple[str, ...]]:
    """Rows of a file for SQLite."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield (*row.values(), row["published_at"][:7], digest(row))


def digest(row: dict[Any, Any]) -> str:
    """SHA-256 of headline and body."""
    return hashlib.sha256(f"{row['headline']}\n{row['body']}".encode()).hexdigest()


OWN = (load, reload, reopen, month, sql, compact, reopen, month, sql, renamed)
PEERS = (pandas_load, pandas_month, sqlite_load, sqlite_month)


def measure(step: Callable[[Path, Path], object], source: Path, home: Path, out: Any) -> None:
    """Run a step in this process and send seconds, peak memory in MB and its answer."""
    import pandas  # noqa: F401 - importing is no part of any step

    began = time.perf_counter()
    answer = step(source, home)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.send((seconds, peak, str(answer)))


def main() -> None:
    """Invent, run every step, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--dispatches", type=int, default=200_000)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--peers", action="store_true", help="run pandas and SQLite too")
    chosen = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder, "source"), Path(folder, "home")
        source.mkdir()
        home.mkdir()
        size = invent(source, chosen.dispatches, chosen.files, chosen.months)
        print(f"{chosen.dispatches:,} dispatches, {chosen.files} files, {size / 1e6:.0f} MB")  # noqa: T201
        for step in (*OWN, *(PEERS if chosen.peers else ())):
            here, there = context.Pipe()
            process = context.Process(target=measure, args=(step, source, home, there))
            process.start()
            seconds, peak, answer = here.recv()
            process.join()
            print(f"{step.__name__:14} {seconds:7.1f} s {peak:7.0f} MB   {answer}")  # noqa: T201
            sys.stdout.flush()


if __name__ == "__main__":
    main()
