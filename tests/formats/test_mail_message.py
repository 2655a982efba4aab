"""Mails: the same bytes for the same release, whole in every client, and readable without any look."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.formats.mail_message import Document, Form, Letter, compose
from pipeline.model.edition import Edition
from pipeline.model.inline import inlines
from pipeline.model.mailbox import Mailbox
from pipeline.model.release import Figure, Localized, Revision, RevisionKind
from pipeline.templating import environment, packaged_templates
from tests.engines.pdf_releases import edition

AT = datetime(2026, 10, 8, 10, 0, tzinfo=UTC)
ZOE = Mailbox(name="Zoé Vaubrecourt", address="zoe@example.org")
ID = "<bus.v1.fr.0123@example.org>"
PDF = Document(name="bus.fr.pdf", size=200_000, data=b"%PDF-1.7 " + bytes(range(256)) * 700, link=None)
LONG = "https://presse.example.org/" + "x" * 350
TEMPLATES = environment([packaged_templates()])
PAGE = edition(0)
SIGNS = st.characters(blacklist_categories=["C", "Zl", "Zp", "Zs"]) | st.sampled_from("«» é – ’\u00a0\u202f")


def letter(page: Edition = PAGE, document: Document | None = PDF, *, embargoed: bool = False) -> Letter:
    return Letter(
        edition=page,
        original=False,
        sender=Mailbox(name="Chancellerie d’État de Valdraine, service de presse", address="presse@example.org"),
        reply_to="antwort@example.org",
        unsubscribe=("mailto:abmelden@example.org", LONG),
        at=AT,
        document=document,
        embargoed=embargoed,
    )


def titled(title: str) -> Edition:
    return replace(PAGE, release=replace(PAGE.release, title=inlines(title)))


def read(form: Form, to: Mailbox = ZOE, replaces: tuple[str, ...] = ()) -> EmailMessage:
    message = message_from_bytes(form.message(to, ID, replaces), policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    return message


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text: str = part.get_content()
    return text.replace("\r\n", "\n")


def test_a_message_has_text_html_and_the_pdf_byte_by_byte() -> None:
    message = read(compose(letter(), TEMPLATES))
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    (pdf,) = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("bus.fr.pdf", PDF.data)


def test_the_header_says_who_what_when_and_how_to_leave() -> None:
    data = compose(letter(), TEMPLATES).message(ZOE, ID)
    message = message_from_bytes(data, policy=policy.default)
    assert {name: message[name] for name in ("From", "To", "Reply-To", "Message-ID", "Date", "Auto-Submitted")} == {
        "From": '"Chancellerie d’État de Valdraine, service de presse" <presse@example.org>',
        "To": "Zoé Vaubrecourt <zoe@example.org>",
        "Reply-To": "antwort@example.org",
        "Message-ID": ID,
        "Date": "Thu, 08 Oct 2026 10:00:00 +0000",
        "Auto-Submitted": None,
    }
    assert message["Content-Language"] == PAGE.release.language
    assert message["Content-Translation-Type"] == "human"
    leave = f"List-Unsubscribe: <mailto:abmelden@example.org?subject=unsubscribe>, <{LONG}>"
    assert leave.encode() in data.split(b"\r\n"), "neither folded nor encoded, or the button is not shown"


def test_the_original_says_so() -> None:
    message = read(compose(replace(letter(), original=True), TEMPLATES))
    assert message["Content-Translation-Type"] == "original"


def test_the_same_release_gives_the_same_bytes() -> None:
    first, second = (compose(letter(), TEMPLATES).message(ZOE, ID) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_every_server_can_pass_it_on_unchanged(number: int) -> None:
    data = compose(letter(edition(number)), TEMPLATES).message(ZOE, ID)
    assert data.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 998
    head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert [line for line in head if b"=?utf-8?" in line and len(line) > 76] == []


@settings(max_examples=40)
@given(st.text(SIGNS, min_size=1, max_size=300))
def test_a_subject_is_intact_in_every_client(title: str) -> None:
    title = title.strip() or "x"
    form = compose(letter(titled(title), None), TEMPLATES)
    data = form.message(ZOE, ID)
    old = message_from_bytes(data)["Subject"]
    assert form.subject == title
    assert message_from_bytes(data, policy=policy.default)["Subject"] == title
    assert str(make_header(decode_header(old))) == title


@pytest.mark.parametrize(
    "name", ["Müller, Éva", 'Jean « le "Grand" » Ébert', "", "Zoe", "O'Neil (Redaktion)", "é é é"]
)
def test_names_are_intact(name: str) -> None:
    message = read(compose(letter(), TEMPLATES), Mailbox(name=name, address="zoe@example.org"))
    (to,) = message["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "zoe@example.org")


def test_nothing_in_a_title_becomes_a_header_line() -> None:
    form = compose(letter(titled("Eins\r\nBcc: spion@example.org\nZwei")), TEMPLATES)
    assert read(form)["Bcc"] is None
    assert "\n" not in form.subject


def test_the_text_is_readable_and_ends_with_how_to_leave() -> None:
    text = content(read(compose(letter(), TEMPLATES)), "plain")
    assert text.startswith(f"{PAGE.labels.timing}\n\n{PAGE.labels.kind}")
    assert text.count(PAGE.labels.timing) == 1
    assert "bus.fr.pdf (200" in text
    assert text.rstrip().endswith(f"mailto:abmelden@example.org\n{LONG}")
    assert "\n-- \n" in text


class Asked(HTMLParser):
    """Keeps everything that a page asks other machines for, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        loads = ("src", "srcset", "background", "poster", "data", "action")
        self.asked += [f"{tag} {value}" for name, value in attrs if name in loads]
        self.asked += [tag] if tag in {"link", "script", "img", "iframe", "object", "base", "form"} else []
        assert not any(value and "url(" in value for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("number", range(0, 60, 7))
def test_the_html_asks_nobody_for_anything_and_stays_small(number: int) -> None:
    page = edition(number)
    html = content(read(compose(letter(page), TEMPLATES)), "html")
    assert Asked(html).asked == []
    assert page.labels.timing in Asked(html).words
    assert len(html) < 100_000


def test_pictures_stay_in_the_pdf() -> None:
    page = replace(PAGE, release=replace(PAGE.release, blocks=(Figure(file="bild.jpg"), *PAGE.release.blocks)))
    message = read(compose(letter(page), TEMPLATES))
    assert "bild.jpg" not in content(message, "plain") + content(message, "html")


def test_a_large_pdf_is_linked_in_text_and_html() -> None:
    link = "https://presse.example.org/dateien/bus.fr.pdf"
    form = compose(letter(document=Document(name="bus.fr.pdf", size=9_400_000, data=None, link=link)), TEMPLATES)
    message = read(form)
    assert (form.attached, list(message.iter_attachments())) == (False, [])
    assert f"\n{link}\n" in content(message, "plain")
    assert f'<a href="{link}">' in content(message, "html")


def test_before_an_embargo_ends_the_subject_says_so() -> None:
    subject = compose(letter(embargoed=True), TEMPLATES).subject
    assert subject.startswith(f"[{PAGE.labels.timing}] ")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (RevisionKind.FACTUAL, ("Berichtigung:", "Rectificatif\u00a0:")),
        (RevisionKind.WITHDRAWAL, ("Zurückgezogen:", "Annulation\u00a0:")),
    ],
)
def test_a_later_version_says_so_and_hangs_on_the_one_before(kind: RevisionKind, words: tuple[str, str]) -> None:
    note = Localized(texts=(("de", "Falsch."), ("fr", "Faux.")))
    revision = Revision(version=2, kind=kind, note=note, replaces=date(2026, 10, 7))
    page = replace(PAGE, release=replace(PAGE.release, revision=revision))
    form = compose(letter(page), TEMPLATES)
    message = read(form, replaces=("<a@example.org>", "<b@example.org>"))
    assert form.subject.startswith(words)
    assert message["In-Reply-To"] == "<b@example.org>"
    assert message["References"].split() == ["<a@example.org>", "<b@example.org>"]


def test_the_size_of_a_form_is_not_less_than_that_of_its_messages() -> None:
    form = compose(letter(), TEMPLATES)
    assert len(form.message(Mailbox(name="Ü" * 60, address=f"{'a' * 64}@{'b' * 60}.example"), ID)) <= form.size
