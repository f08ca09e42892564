"""How well dispatches are found on saved pages and web pages.

Needs the optional corpora (environment variable ANALYSIS_CORPORA, or ../shared/data):
pages/article_body.jsonl.gz, 85 pages of the article-extraction-benchmark with their text as saved
and the article body marked by hand.

    python benchmarks/saved_pages.py [--out FOLDER]

Prints precision, recall and F1 of four-word shingles, averaged over pages, for saved text and for
HTML, on all pages and on even and odd ones apart: the rules were written looking at even-numbered
pages; of the odd ones only the scores were seen (docs/loading.md says what that decided). jusText,
where it is installed, is given the saved text as one paragraph a line and the HTML as it is. With
--out the predictions are written as JSON Lines.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
Page = dict[str, Any]
Predict = Callable[[Page], str]


@dataclass(frozen=True)
class Score:
    """Mean precision and recall over pages, and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Counts of runs of `size` words.

    >>> len(shingles("one two three four five"))
    2
    """
    words = re.findall(r"\w+", text)
    starts = range(max(1, len(words) - size + 1)) if words else ()
    return Counter(tuple(words[i : i + size]) for i in starts)


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Score (gold, predicted) texts; a page with nothing predicted has no precision.

    >>> score([("a b c d e", "a b c d")]).recall
    0.5
    """
    precisions, recalls = [], []
    for gold, predicted in pairs:
        wanted, found = shingles(gold), shingles(predicted)
        hits = (wanted & found).total()
        if found:
            precisions.append(hits / found.total())
        if wanted:
            recalls.append(hits / wanted.total())
    return Score(mean(precisions or [0.0]), mean(recalls or [0.0]))


def read_pages(path: Path) -> list[Page]:
    """The pages of the benchmark, in file order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def by_reader(format_name: str, column: str) -> Predict:
    """Predict with the reader of a format from the text in `column` of a page."""
    from analysis.loading import FORMATS
    from analysis.loading.records import ReadOptions

    reader = FORMATS[format_name].reader()

    def predict(page: Page) -> str:
        result = reader(page[column].encode("utf-8", "replace"), page["id"], ReadOptions())
        return result.dispatches[0].body if result.dispatches else ""

    return predict


def by_justext(column: str) -> Predict:
    """Predict with jusText, English stop words."""
    import justext

    def predict(page: Page) -> str:
        html = page[column]
        if column == "saved_text":
            html = "".join(f"<p>{escape(line)}</p>" for line in html.split("\n") if line.strip())
        found = justext.justext(html.encode(), justext.get_stoplist("English"), encoding="utf-8")
        return "\n\n".join(part.text for part in found if not part.is_boilerplate)

    return predict


def score_pages(pages: list[Page], predict: Predict) -> tuple[dict[str, Score], list[str]]:
    """Scores on all, even and odd pages, and the predictions."""
    texts = [predict(page) for page in pages]
    pairs = [(page["body"], text) for page, text in zip(pages, texts, strict=True)]
    return {"all": score(pairs), "even": score(pairs[::2]), "odd": score(pairs[1::2])}, texts


def score_saved_text(path: Path) -> dict[str, Score]:
    """Scores of this package's reader of saved pages."""
    return score_pages(read_pages(path), by_reader("saved_page", "saved_text"))[0]


def predictors() -> dict[str, Predict]:
    """What is compared, by name."""
    found = {
        "saved text, this package": by_reader("saved_page", "saved_text"),
        "HTML, this package": by_reader("html", "html"),
    }
    try:
        found["saved text, jusText"] = by_justext("saved_text")
        found["HTML, jusText"] = by_justext("html")
    except ImportError:
        pass
    return found


def main() -> None:
    """Score, print, and write predictions where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, help="folder for the predictions")
    out = parser.parse_args().out
    corpora = Path(os.environ.get("ANALYSIS_CORPORA", ROOT.parent / "shared" / "data"))
    pages = read_pages(corpora / "pages" / "article_body.jsonl.gz")
    for name, predict in predictors().items():
        scores, texts = score_pages(pages, predict)
        for part, result in scores.items():
            figures = f"P {result.precision:.3f}  R {result.recall:.3f}  F1 {result.f1:.3f}"
            print(f"{name:28} {part:5} {figures}")  # noqa: T201
        if out:
            out.mkdir(parents=True, exist_ok=True)
            path = out / (re.sub(r"\W+", "-", name) + ".jsonl")
            rows = zip(pages, texts, strict=True)
            lines = (json.dumps({"id": page["id"], "text": text}) + "\n" for page, text in rows)
            path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
