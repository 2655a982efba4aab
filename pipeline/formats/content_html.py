"""The text of an edition as plain HTML, without any look: for news records, mails, press kits and the website."""

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.formats.date_line import date_line
from pipeline.formats.heading_levels import leveled
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.edition import Edition
from pipeline.model.inline import Inlines, Run, inlines, plain
from pipeline.model.release import (
    Block,
    BulletList,
    Contact,
    Figure,
    Heading,
    Localized,
    Media,
    Paragraph,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from markupsafe import Markup

Address = Callable[[str], str]
"""Where a page finds the picture of a name."""


def inline_html(text: Inlines) -> "Markup":
    """Return runs as HTML, every character escaped; links lead to the web, a mail or a telephone."""
    from markupsafe import Markup

    html = Markup()
    for href, runs in groupby(text, key=lambda run: run.href):
        part = Markup().join(map(_run, runs))
        linked = href is not None and SAFE_LINK.match(href)
        html += Markup('<a href="{}">{}</a>').format(href, part) if linked else part
    return html


def article_html(edition: Edition, address: Address) -> "Markup":
    """Return the text of an edition as an article that stands alone, in its language.

    It has what a draft or a later version says of itself, title, subtitle, place and date, and the blocks.

    Args:
        edition: what is published.
        address: where the page finds a picture, by the name of its file.
    """
    from markupsafe import Markup

    release = edition.release
    title = inline_html(release.title) if plain(release.title).strip() else release.id
    notes = (*edition.notes, *edition.labels.revision)
    parts = [Markup("<p><strong>{}</strong></p>").format(note) for note in notes]
    parts.append(Markup("<h1>{}</h1>").format(title))
    lines = (inline_html(line) for line in (release.subtitle, date_line(edition)) if line)
    parts += [Markup("<p>{}</p>").format(line) for line in lines]
    inner = Markup("\n").join((*parts, blocks_html(edition, address)))
    return Markup('<article lang="{}">\n{}\n</article>').format(release.language, inner)


def blocks_html(edition: Edition, address: Address) -> "Markup":
    """Return the blocks of an edition, from its lead to the last; pictures stand as figures.

    Args:
        edition: what is published.
        address: where the page finds a picture, by the name of its file.
    """
    from markupsafe import Markup

    shown = (_block(block, edition, address) for block in leveled(edition.release.blocks) if not _is_empty(block))
    return Markup("\n").join(html for html in shown if html)


def with_scrolling_tables(html: "Markup", name: str) -> "Markup":
    """Return HTML of ours in which each table scrolls by itself, also by the keyboard (WCAG 2.2, 1.4.10 and 2.1.1).

    Args:
        html: made by this module, where text is escaped and a table has no attributes.
        name: what screen readers call a table.
    """
    from markupsafe import Markup

    start = Markup('<div class="scroll" role="group" tabindex="0" aria-label="{}"><table>').format(name)
    return html.replace("<table>", start).replace("</table>", Markup("</table></div>"))


def contact_html(contact: Contact, edition: Edition) -> "Markup":
    """Return whom journalists may call as the content of one paragraph."""
    from markupsafe import Markup

    html = Markup("<strong>{}</strong>").format(contact.name)
    if contact.role:
        html += Markup(", {}").format(inline_html(_localized(contact.role, edition.release.language)))
    reach = [Markup("{} {}").format(edition.labels.phone, contact.phone)] if contact.phone else []
    if contact.email:
        reach.append(Markup('<a href="mailto:{0}">{0}</a>').format(contact.email))
    return html + (Markup("<br>") + Markup(" · ").join(reach) if reach else Markup())


def _is_empty(block: Block) -> bool:
    """Return whether a paragraph has no words."""
    return isinstance(block, Paragraph) and not plain(block.text).strip()


def _block(block: Block, edition: Edition, address: Address) -> "Markup":
    from markupsafe import Markup

    match block:
        case Paragraph():
            return Markup("<p>{}</p>").format(inline_html(block.text))
        case Heading():
            return Markup("<h{0}>{1}</h{0}>").format(block.level, inline_html(block.text))
        case Quote():
            parts = (Markup("<p>{}</p>").format(inline_html(part)) for part in block.paragraphs)
            return Markup("<blockquote>{}</blockquote>").format(Markup().join(parts))
        case BulletList():
            return _list(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block, edition, address)


def _list(block: BulletList) -> "Markup":
    from markupsafe import Markup

    tag = Markup("ol") if block.ordered else Markup("ul")
    items = (
        Markup("<li>{}{}</li>").format(inline_html(item.text), Markup().join(map(_list, item.sublists)))
        for item in block.items
    )
    return Markup("<{0}>{1}</{0}>").format(tag, Markup().join(items))


def _table(block: Table) -> "Markup":
    from markupsafe import Markup

    head = Markup().join(Markup('<th scope="col">{}</th>').format(inline_html(cell)) for cell in block.header)
    rows = (Markup().join(Markup("<td>{}</td>").format(inline_html(cell)) for cell in row) for row in block.rows)
    body = Markup().join(Markup("<tr>{}</tr>").format(row) for row in rows)
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(head, body)


def _figure(block: Figure, edition: Edition, address: Address) -> "Markup":
    """Return a picture with its caption and credit; nothing for one that the release does not list."""
    from markupsafe import Markup

    language = edition.release.language
    media = next((item for item in edition.release.media if item.file == block.file), None)
    if media is None:
        return Markup()
    alt = (media.alt.own(language) if media.alt else None) or ""
    html = Markup('<img src="{}" alt="{}">').format(address(block.file), alt)
    caption = caption_html(media, edition)
    return Markup("<figure>{}{}</figure>").format(
        html, Markup("<figcaption>{}</figcaption>").format(caption) if caption else ""
    )


def caption_html(media: Media, edition: Edition) -> "Markup":
    """Return the caption of a picture and whom it is owed to; empty where it has neither."""
    from markupsafe import Markup

    caption = inline_html(_localized(media.caption, edition.release.language)) if media.caption else Markup()
    credit = Markup("{} {}").format(edition.labels.photo, media.credit) if media.credit else Markup()
    return Markup(" · ").join(part for part in (caption, credit) if part)


def _localized(text: Localized, language: str) -> Inlines:
    """Return a text that people gave per language; one that is only there in another says in which."""
    own = text.own(language)
    return inlines(own) if own is not None else (Run(text=text.texts[0][1], lang=text.texts[0][0]),)


def _run(run: Run) -> "Markup":
    from markupsafe import Markup, escape

    html = Markup("<br>").join(escape(part) for part in run.text.split("\n"))
    for tag, on in (("code", run.code), ("em", run.italic), ("strong", run.bold), ("mark", run.untranslated)):
        if on:
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 (tag is one of ours)
    return Markup('<span lang="{}">{}</span>').format(run.lang, html) if run.lang else html
