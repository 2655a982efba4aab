"""Runs of text as the HTML of a page, in the forms that the library behind the PDF sets rightly."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from pipeline.formats.css import css_string
from pipeline.formats.hyphenation import soft_hyphenated
from pipeline.formats.inline_markdown import SAFE_LINK
from pipeline.model.inline import Inlines, Run, inlines
from pipeline.model.release import Localized

if TYPE_CHECKING:
    from markupsafe import Markup

LINE = 40
"""Signs that surely fit on a line of the text."""

_SPECIAL = r"(?P<overlong>[^\s\u00ad-]{%d,})|(?P<apart>[\w\u00ad]*f\u00ad[bfhijklt][\w\u00ad]*)"
_STYLES: Mapping[str, str] = MappingProxyType(
    {"overlong": "overflow-wrap: anywhere", "apart": "font-variant-ligatures: no-common-ligatures"}
)
"""What WeasyPrint (version 70) gets wrong unless told for a stretch alone.

Where words may be broken anywhere, it divides others too early and takes minutes for a long cell: only what is too
long for its line may be. And letters of a ligature over a place where the word may be divided can be neither copied
nor read aloud; German sets none there anyhow (Duden, Schriftsatz: no ligature over a joint).
"""
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag; anything else would be no language to a screen reader."""


def markup(text: Inlines | str, line: int = LINE) -> "Markup":
    """Return runs as HTML; every character of theirs is escaped. A link is one, whatever its runs.

    Args:
        text: the runs, or text without formatting.
        line: how many signs in a row surely fit on a line.
    """
    from markupsafe import Markup

    html = Markup()
    for href, runs in groupby(inlines(text) if isinstance(text, str) else text, key=lambda run: run.href):
        part = Markup().join(_run(run, line) for run in runs)
        linked = href is not None and SAFE_LINK.match(href)
        html += Markup('<a href="{}">{}</a>').format(href, part) if linked else part
    return html


def divisible(text: Inlines | str, language: str) -> Inlines:
    """Return prose whose long words may be divided at a line's end; links and code stay whole."""
    runs = inlines(text) if isinstance(text, str) else text
    return tuple(
        run if run.href or run.code else replace(run, text=soft_hyphenated(run.text, run.lang or language))
        for run in runs
    )


def localized(text: Localized, language: str) -> Inlines:
    """Return a text that people gave per language; one that is only there in another says in which."""
    own = text.own(language)
    return inlines(own) if own is not None else (Run(text=text.texts[0][1], lang=text.texts[0][0]),)


def counter(label: str) -> str:
    """Return `Seite {page} von {pages}` as the value of CSS `content`."""
    counters = {"{page}": "counter(page)", "{pages}": "counter(pages)"}
    parts = re.split(r"(\{pages?\})", label)
    return " ".join(counters.get(part, css_string(part)) for part in parts if part)


def _run(run: Run, line: int) -> "Markup":
    from markupsafe import Markup

    html = Markup("<br>").join(_breakable(part, line) for part in run.text.split("\n"))
    for tag, on in (("code", run.code), ("em", run.italic), ("strong", run.bold)):
        if on:
            html = Markup("<{0}>{1}</{0}>").format(Markup(tag), html)  # noqa: S704 (tag is one of ours)
    if run.untranslated:
        html = Markup('<span class="untranslated">{}</span>').format(html)
    if run.lang and _LANGUAGE.fullmatch(run.lang):
        html = Markup('<span lang="{}">{}</span>').format(run.lang, html)
    return html


def _breakable(text: str, line: int) -> "Markup":
    """Return text as HTML in which stretches that need it have a style of their own (see `_STYLES`)."""
    from markupsafe import Markup, escape

    html, end = Markup(), 0
    for match in re.finditer(_SPECIAL % line, text):
        html += escape(text[end : match.start()])
        html += Markup('<span style="{}">{}</span>').format(_STYLES[str(match.lastgroup)], match[0])
        end = match.end()
    return html + escape(text[end:])
