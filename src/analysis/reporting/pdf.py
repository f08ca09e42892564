"""A report page as PDF, through the extra ``pdf`` (WeasyPrint)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError, InputError, MissingExtraError
from analysis.store.files import replacing


class PdfError(AnalysisError, RuntimeError):
    """The PDF library is installed, but cannot work on this machine."""


def to_pdf(html_path: str | Path, pdf_path: str | Path) -> Path:
    """Write the page at `html_path` as PDF to `pdf_path`, whole or not at all.

    The page's print style applies: A4, page numbers, no contents list, no code. Nothing is loaded
    from outside the page. The document is tagged (PDF/UA-1), so that it can be read aloud.

    Returns
    -------
    `pdf_path`.

    Raises
    ------
    MissingExtraError : the extra ``pdf`` is not installed.
    PdfError : a system library that WeasyPrint needs (Pango) is absent.
    InputError : no such page.
    """
    source, target = Path(html_path), Path(pdf_path)
    if not source.is_file():
        raise InputError(f"page {str(html_path)!r}", "an HTML file that exists")
    engine = _weasyprint()
    page = source.read_text(encoding="utf-8")
    nothing_outside = engine.urls.URLFetcher(allowed_protocols=["data"])
    document = engine.HTML(string=page, url_fetcher=nothing_outside)
    with replacing(target) as draft:
        document.write_pdf(draft, pdf_variant="pdf/ua-1")
    return target


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.urls
    except ImportError as error:
        raise MissingExtraError("pdf", "a report as PDF") from error
    except OSError as error:
        raise PdfError(
            f"a report as PDF needs the system library Pango ({error}); "
            "on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        ) from error
    return weasyprint
