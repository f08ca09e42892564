"""Mails and mail folders: the text with subject and date, attachments as members."""

from __future__ import annotations

import mailbox
import time
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest

from analysis.loading import Limits, Loaded, load

TEXT = (
    "Ferries crossed the Selk Strait again on Monday, the harbour said in a statement.\n\n"
    "Harbour master Ilva Drost said all nine routes were open.\n"
)
HTML = "<html><body><article><p>Another wording of the story, for screens.</p></article></body>"


def mail(text: str = TEXT, **headers: str) -> EmailMessage:
    message = EmailMessage()
    named = {
        "From": "Desk <desk@mpa.example>",
        "Subject": "Fähren überqueren die Selk-Straße",
        "Date": "Mon, 04 Mar 2024 10:30:00 +0200",
        "Message-ID": "<1@mpa.example>",
    } | headers
    for name, value in named.items():
        message[name] = value
    message.set_content(text)
    return message


def load_mail(folder: Path, message: EmailMessage | bytes, name: str = "a.eml") -> Loaded:
    data = message if isinstance(message, bytes) else message.as_bytes()
    (folder / name).write_bytes(data)
    return load(folder / name)


def test_subject_date_and_text(tmp_path: Path) -> None:
    loaded = load_mail(tmp_path, mail())
    row = loaded.dispatches.loc[0]
    assert row["headline"] == "Fähren überqueren die Selk-Straße"
    assert row["published_at"] == pd.Timestamp("2024-03-04T08:30Z")
    assert (row["published_precision"], row["published_zone"]) == ("time", "+0200")
    assert row["published_evidence"] == "mail Date"
    assert row["body"] == TEXT.strip()
    assert row["source_file"] == "a.eml"
    assert pd.isna(row["agency"])
    assert pd.isna(row["byline"])
    assert "Desk <desk@mpa.example>" in loaded.cuts["text"].tolist()


def test_the_format_is_seen_without_the_suffix(tmp_path: Path) -> None:
    assert load_mail(tmp_path, mail(), "a.txt").dispatches.loc[0, "headline"].startswith("Fähren")


@pytest.mark.parametrize(
    ("sender", "agency"),
    [
        ("Agence France-Presse <x@y.example>", "AFP"),
        ("The AP fan club <x@y.example>", None),
        ("AFP", None),
        ("afp@y.example", None),
    ],
)
def test_an_agency_only_where_the_sender_is_one(
    tmp_path: Path, sender: str, agency: str | None
) -> None:
    found = load_mail(tmp_path, mail(From=sender)).dispatches.loc[0, "agency"]
    assert found == agency if agency else pd.isna(found)


@pytest.mark.parametrize(
    ("date", "zone"),
    [
        ("Mon, 04 Mar 2024 10:30:00 GMT", "GMT"),
        ("4 Mar 2024", None),
        ("Mon, 04 Mar 2024 10:30:00 +0100 (CET)", "+0100"),
    ],
)
def test_zones_as_written(tmp_path: Path, date: str, zone: str | None) -> None:
    data = mail().as_bytes().replace(b"Mon, 04 Mar 2024 10:30:00 +0200", date.encode())
    row = load_mail(tmp_path, data).dispatches.loc[0]
    assert row["published_precision"] == ("time" if zone else "day")
    assert row["published_zone"] == zone if zone else pd.isna(row["published_zone"])


def test_plain_text_goes_before_html(tmp_path: Path) -> None:
    message = mail()
    message.add_alternative(HTML, subtype="html")
    loaded = load_mail(tmp_path, message)
    assert loaded.dispatches["body"].tolist() == [TEXT.strip()]
    only_html = mail()
    page = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.strip().split("\n\n"))
    only_html.set_content(f"<html><body><article>{page}</article></body></html>", subtype="html")
    row = load_mail(tmp_path, only_html).dispatches.loc[0]
    assert (row["format"], row["body"]) == ("html", TEXT.strip())


def test_attachments_are_members_and_pictures_are_counted(tmp_path: Path) -> None:
    message = mail()
    rows = b"id,body\n7,Traffic resumed.\n"
    message.add_attachment(rows, maintype="text", subtype="csv", filename="../../rows.csv")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(mail("Forwarded words, in full.\n", Subject="Older"))
    loaded = load_mail(tmp_path, message)
    frame = loaded.dispatches.set_index("source_file")
    assert frame.index.tolist() == ["a.eml", "a.eml#../../rows.csv", "a.eml#part 4.eml"]
    assert frame.loc["a.eml#../../rows.csv", "dispatch_id"] == "7"
    assert pd.isna(frame.loc["a.eml#../../rows.csv", "published_at"])
    assert frame.loc["a.eml#part 4.eml", "headline"] == "Older"
    assert loaded.passed_over == {"mail part of type image/png": 1}


def test_a_stated_encoding_is_used(tmp_path: Path) -> None:
    message = mail()
    message.set_content(TEXT + "Über die Straße fuhr niemand.\n", charset="iso-8859-15")
    assert "Über die Straße" in load_mail(tmp_path, message).dispatches.loc[0, "body"]


def test_a_mail_folder_as_another_program_writes_it(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "wire.mbox")
    for n in range(300):
        box.add(mail(TEXT + f"\nFrom here on, copy {n}.\n", Subject=f"Copy {n}"))
    box.close()
    loaded = load(tmp_path / "wire.mbox")
    assert loaded.dispatches["headline"].tolist() == [f"Copy {n}" for n in range(300)]
    assert loaded.dispatches.loc[299, "source_file"] == "wire.mbox#mail 300.eml"
    assert loaded.dispatches.loc[0, "body"].endswith("From here on, copy 0.")
    assert loaded.rejects.empty


def test_a_mail_too_large_is_a_reject_and_the_next_is_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "wire.mbox")
    for text in (TEXT, "word " * 400_000, TEXT):
        box.add(mail(text))
    box.close()
    loaded = load(tmp_path / "wire.mbox", limits=Limits(file_bytes=1_000_000))
    assert len(loaded.dispatches) == 2
    assert loaded.rejects[["source_file", "reason"]].values.tolist() == [
        ["wire.mbox#mail 2", "file too large"]
    ]


def test_a_page_saved_by_a_browser_is_dated_by_the_page_only(tmp_path: Path) -> None:
    page = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.strip().split("\n\n"))
    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://ledger.example/1\r\n"
        "Subject: Ferries cross again\r\nDate: Mon, 4 Mar 2024 10:30:00 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
        f"--x\r\nContent-Type: text/html\r\n\r\n<html><body><article>{page}</article></body>\r\n"
        "--x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--x--\r\n"
    ).encode()
    row = load_mail(tmp_path, data, "page.mht").dispatches.loc[0]
    assert (row["url"], row["headline"]) == ("https://ledger.example/1", "Ferries cross again")
    assert pd.isna(row["published_at"])


HEAD = b"From: a@b.example\nSubject: x\nMessage-ID: <1>\nMIME-Version: 1.0\n"
HOSTILE = {
    "no text": HEAD + b"Content-Type: image/png\n\nPNG",
    "empty": HEAD + b"\n",
    "nested": HEAD
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)
    ),
    "headers": b"From: " + b"=?utf-8?q?=41?= " * 100_000 + b"\nDate: x\nMessage-ID: 1\n\nWords.",
    "charset": HEAD + b"Content-Type: text/plain; charset=\xff\xfe\n\nWords that stand here.",
    "base64": HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
    "rfc822": HEAD + b"Content-Type: message/rfc822\n\n" + HEAD + b"\nInner words.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_cost_little(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    loaded = load_mail(tmp_path, HOSTILE[name])
    assert time.process_time() - started < 5
    assert len(loaded.dispatches) + len(loaded.rejects) >= 1


def test_a_letter_is_no_mail(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Subject: matter\n\n" + TEXT)
    assert load(tmp_path).dispatches.loc[0, "format"] == "plain_text"
