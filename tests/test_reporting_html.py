"""The page runs nothing, loads nothing, and says what its pictures show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.reporting.html import POLICY, contents, to_html
from analysis.reporting.sanitize import sanitize

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<iframe src='https://a.example'></iframe>",
    "<style>@import 'https://a.example/x.css'</style>",
    "<p style=\"background:url('https://a.example/x.png')\">x</p>",
    "<style>p{background:u\\72l(https://a.example)}</style>",
    "<link rel=stylesheet href=https://a.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://a.example'>",
    "<form action=https://a.example><button>x</button></form>",
    "<object data=https://a.example></object><embed src=https://a.example>",
    "<svg><use xlink:href='https://a.example/x.svg#y'/></svg>",
    "<svg><image href='https://a.example/x.png'/></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "</div></main><script src=//a.example></script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<base href=https://a.example><p>x",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
]
RUNS_OR_LOADS = re.compile(
    r"<script|<iframe|<object|<embed|<link|<form|<base|<image|javascript:|@import"
    r"|<[^>]*\son\w+\s*=|<[^>]*\ssrc\s*=\s*[\"']?(?!data:image/(png|jpeg|gif))"
    r"|url\(\s*['\"]?(?!#)|<use[^>]*href=\"(?!#)",
    re.IGNORECASE,
)


def page_of(*cells) -> str:
    return to_html(new_notebook(cells=list(cells)))


def showing(data: dict, tags: tuple[str, ...] = ()):
    output = new_output("display_data", data=data)
    return new_code_cell("x", outputs=[output], execution_count=1, metadata={"tags": list(tags)})


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile_markup_does_nothing(markup):
    page = page_of(
        new_markdown_cell(f"text {markup}\n\n{markup}"),
        showing({"text/html": markup}),
        showing({"image/svg+xml": markup}),
        showing({"text/markdown": markup}),
    )
    assert not RUNS_OR_LOADS.search(page), RUNS_OR_LOADS.search(page)
    assert page.count("</main>") == 1


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile_text_is_shown_as_text(markup):
    error = new_output("error", ename="E", evalue=markup, traceback=[markup])
    stream = new_output("stream", name="stdout", text=markup)
    page = to_html(
        new_notebook(
            cells=[
                showing({"text/plain": markup}),
                new_code_cell(f"# {markup}", outputs=[error, stream], execution_count=1),
            ]
        ),
        title=markup,
        subtitle=markup,
        problem=markup,
    )
    assert page.count("<script") == 0
    assert not re.search(r"<(img|svg|iframe|form|meta http-equiv=refresh|base)", page)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>/\"'= abscriptyle!-&;#x\n", max_size=80))
def test_sanitised_markup_stays_so_and_is_balanced(markup):
    once = sanitize(markup)
    assert not re.search(r"<script|<[^>]*\son\w+=", once, re.IGNORECASE)
    assert sanitize(once) == once


def test_only_the_policy_of_the_page_applies():
    page = page_of(new_markdown_cell("# Title"))
    assert f'content="{POLICY}"' in page.replace("&#39;", "'")
    assert page.index("Content-Security-Policy") < page.index("<style")
    assert not RUNS_OR_LOADS.search(page)
    assert len(page) < 20_000


def test_figures_and_links_survive():
    figure = (
        '<figure><svg role="img" aria-label="Bars" viewBox="0 0 9 9"><title>Bars</title>'
        '<path d="M0 0" style="fill: #0072b2"/><use xlink:href="#m" x="1"/></svg></figure>'
    )
    page = page_of(showing({"text/html": figure + '<a href="#a1" title="x">1</a>'}))
    for part in ('aria-label="Bars"', "<title>Bars</title>", 'style="fill: #0072b2"', 'href="#a1"'):
        assert part in page


def test_every_picture_has_words():
    pixel = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    page = page_of(showing({"image/png": pixel, "text/plain": "<Figure>"}))
    assert re.findall(r"<img[^>]*>", page)
    assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", page))


def test_the_answer_comes_before_the_contents_and_once():
    page = page_of(
        new_markdown_cell("# Who is heard?"),
        new_markdown_cell("## How this was read\n\nprose"),
        showing({"text/html": "<ul><li>Ministers most.</li></ul>"}, tags=("headline",)),
    )
    assert page.count("Ministers most.") == 1
    assert page.index("Ministers most.") < page.index("<nav") < page.index("prose")
    assert "<h1>Who is heard?</h1>" in page and page.count("<h1") == 1


def test_every_entry_of_the_contents_leads_to_a_heading():
    cells = [new_markdown_cell("# A\n\n## One `x` & two\n\ntext\n\n## Drei: größer")]
    page = page_of(*cells)
    names = [name for name, _ in contents(new_notebook(cells=cells))]
    assert len(names) == 2
    for name in names:
        assert f'<h2 id="{name}">' in page and f'href="#{name}"' in page


def test_code_is_there_but_folded():
    page = page_of(new_code_cell("answer = 42", execution_count=1))
    assert "<details" in page and "<details open" not in page
    assert "42" in page
