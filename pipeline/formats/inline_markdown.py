"""Inline runs to CommonMark and back.

Beyond CommonMark there is one construct, the bracketed span: `[Mairie de Metz]{lang=fr}` marks a language, and
`[…]{.bold .italic}` writes emphasis where asterisks cannot (inside a word, beside punctuation).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from pipeline.model.inline import Inlines, Run, merge

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+\Z", re.IGNORECASE)
"""What a link may point at; anything else in a release is a mistake or an attack."""


class UnsupportedInlineError(ValueError):
    """An inline construct that a release does not have; the caller knows the line."""


@cache
def parser() -> "MarkdownIt":
    """Return the CommonMark parser of source files, made once: tables and spans on; code blocks and HTML off.

    Indented code is off because a pasted paragraph that begins with blanks is a paragraph, not a program.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 40})
    markdown.enable("table").disable(["code", "fence", "html_block", "html_inline", "lheading"])
    markdown.use(attrs_plugin, after=("span_close",), spans=True, allowed=["lang", "class"])
    # Addresses are checked by SAFE_LINK, with an error; the library would silently print the brackets.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005 (the library's hook)
    return markdown


def parse_inline(text: str) -> Inlines:
    """Return the runs of one line of inline Markdown.

    Raises:
        UnsupportedInlineError: a picture inside text or a link to anything but http, https, mailto and tel.
    """
    tokens = parser().parseInline(text)
    return runs_of(tokens[0].children or []) if tokens else ()


@dataclass(slots=True)
class _Format:
    """Formatting in force while tokens are walked."""

    stack: list[Run]

    def push(self, **changes: str | bool) -> None:
        self.stack.append(replace(self.stack[-1], **changes))  # type: ignore[arg-type]  # names are Run's own

    def pop(self) -> None:
        self.stack.pop()

    def run(self, text: str) -> Run:
        return replace(self.stack[-1], text=text)


def runs_of(tokens: "Sequence[Token]") -> Inlines:
    """Return the runs of the children of an `inline` token; errors as in `parse_inline`."""
    form = _Format([Run(text="")])
    runs: list[Run] = []
    for token in tokens:
        match token.type:
            case "text" | "text_special":
                runs.append(form.run(token.content))
            case "softbreak":
                runs.append(form.run(" "))
            case "hardbreak":
                runs.append(form.run("\n"))
            case "code_inline":
                runs.append(replace(form.run(token.content), code=True))
            case "strong_open":
                form.push(bold=True)
            case "em_open":
                form.push(italic=True)
            case "link_open":
                form.push(href=_safe(str(token.attrs["href"])))
            case "span_open":
                form.push(**_span(token))
            case "strong_close" | "em_close" | "link_close" | "span_close":
                form.pop()
            case "image":
                raise UnsupportedInlineError("a picture must stand in a paragraph of its own")
            case _:
                raise UnsupportedInlineError(f"“{token.type}” has no place in a release")
    return merge(runs)


def _safe(href: str) -> str:
    if not SAFE_LINK.match(href):
        raise UnsupportedInlineError("a link must begin with https://, http://, mailto: or tel:")
    return href


def _span(token: "Token") -> dict[str, str | bool]:
    changes: dict[str, str | bool] = {}
    if lang := token.attrs.get("lang"):
        changes["lang"] = str(lang)
    classes = str(token.attrs.get("class", "")).split()
    if unknown := set(classes) - {"bold", "italic"}:
        raise UnsupportedInlineError(f"{{.{min(unknown)}}} is unknown; known are lang=…, .bold and .italic")
    changes.update(dict.fromkeys(classes, True))
    return changes


def dump_inline(text: Inlines) -> str:
    """Return `text` as Markdown that `parse_inline` reads back to equal runs (edge blanks aside)."""
    usual = "".join(_usual(run) for run in text)
    if all(not (run.bold or run.italic) for run in text) or parse_inline(usual) == text:
        return usual
    return "".join(_spanned(run) for run in text)


def _usual(run: Run) -> str:
    stars = "*" * (run.italic + 2 * run.bold)
    return _linked(run, stars + _body(run) + stars, ())


def _spanned(run: Run) -> str:
    classes = tuple(name for name, on in ((".bold", run.bold), (".italic", run.italic)) if on)
    return _linked(run, _body(run), classes)


def _linked(run: Run, body: str, classes: tuple[str, ...]) -> str:
    if run.href:
        body = f"[{body}](<{run.href}>)" if re.search(r"[()<>]", run.href) else f"[{body}]({run.href})"
    attributes = ((f"lang={run.lang}",) if run.lang else ()) + classes
    return f"[{body}]{{{' '.join(attributes)}}}" if attributes else body


def _body(run: Run) -> str:
    if run.code:
        longest = max((len(ticks) for ticks in re.findall("`+", run.text)), default=0)
        fence, pad = "`" * (longest + 1), " " if run.text.startswith("`") or run.text.endswith("`") else ""
        return f"{fence}{pad}{run.text}{pad}{fence}"
    escaped = re.sub(r"[\\`*_\[\]<]|&(?=#?\w+;)|!(?=\Z)", r"\\\g<0>", run.text)
    return escaped.replace("\n", "\\\n")
