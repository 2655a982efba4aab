"""What an SVG may not do on a page: run, listen, reach out, or draw without end."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.errors import FormatError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_DRAWN = 50_000
"""Elements after every repetition is counted out: a detailed map has some thousands."""
MAX_DEPTH = 100

_REFUSED: Mapping[str, str] = {
    **dict.fromkeys(("script", "handler", "listener"), "a program (script)"),
    **dict.fromkeys(("foreignobject", "html", "body", "iframe", "embed", "object"), "a web page (foreignObject)"),
    **dict.fromkeys(("audio", "video", "canvas"), "a film, sound or canvas"),
    **dict.fromkeys(("image", "img", "feimage"), "another picture"),
}
"""By the name of the element in small letters, in whatever namespace."""

_EVENT = re.compile(r"on[a-z]+", re.IGNORECASE)
_ADDRESS = re.compile(r"url\s*\(\s*[\"']?\s*(#?)([^\"')]*)", re.IGNORECASE)
_REACHES = re.compile(
    r"@import|@font-face|@namespace|expression\s*\(|\b(?:src|image|image-set)\s*\(", re.IGNORECASE
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"\*|[.#]?[\w-]+")


def refuse_hostile(root: "_Element", name: str) -> None:
    """Do nothing if the drawing only draws, and in bounds.

    Args:
        root: the parsed drawing.
        name: what the user calls the file, for errors.

    Raises:
        FormatError: it holds a script, an event handler, a part of a web page or another picture, refers to
            anything outside, refers to itself in a circle, or repeats itself more often than can be drawn.
    """
    for element in root.iter("*"):
        if found := _fault(element):
            message = f"holds {found}; save it as plain SVG without, or as PNG"
            raise FormatError(message, path=name, line=element.sourceline)
    _Extent(root, name).check()


def _fault(element: "_Element") -> str | None:
    """Return what an element may not be or hold, in words."""
    local = _local(element)
    if local.lower() in _REFUSED:
        return _REFUSED[local.lower()]
    if local == "style" and (fault := _style_fault("".join(element.itertext()))):
        return fault
    for key, value in element.attrib.items():
        attribute = str(key).rpartition("}")[2]
        if _EVENT.fullmatch(attribute):
            return f"a program (the event handler “{attribute}”)"
        if attribute == "href" and not value.strip().startswith("#"):
            return f"a reference to something outside (“{_quoted(value)}”)"
        told = attribute.startswith(("aria-", "data-"))
        if "(" in value and not told and (fault := _style_fault(value)):
            return fault
    return None


def _style_fault(text: str) -> str | None:
    """Return what a style may not hold, in words."""
    plain = _COMMENT.sub("", text)
    if "\\" in plain or _REACHES.search(plain):
        return "a style that loads something, or hides what it does"
    for mark, address in _ADDRESS.findall(plain):
        if not mark:
            return f"a reference to something outside (“{_quoted(address)}”)"
    return None


def _quoted(text: str) -> str:
    """Return the beginning of a text of the file, without signs that a terminal would obey."""
    return "".join(sign for sign in text.strip()[:40] if sign.isprintable())


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


class _Extent:
    """How much a drawing draws when everything that it refers to is counted each time.

    Ten copies of ten copies of ten … are a few lines in the file and without end on the page.
    """

    def __init__(self, root: "_Element", name: str) -> None:
        self._root, self._name = root, name
        self._targets: dict[str, list[_Element]] = {}
        for element in root.iter("*"):
            self._targets.setdefault(element.get("id", ""), []).append(element)
        self._styled = dict(self._style_references())
        self._known: dict[_Element, tuple[int, int]] = {}
        self._open: set[_Element] = set()

    def check(self) -> None:
        """Raise FormatError where the drawing goes in a circle, too deep, or on for too long."""
        if self._measured(self._root, 1)[0] > MAX_DRAWN:
            raise self._refused(self._root, f"draws more than {MAX_DRAWN} shapes")

    def _measured(self, element: "_Element", depth: int) -> tuple[int, int]:
        """Return how many elements are drawn for `element`, and how deep they are nested."""
        if element in self._known:
            return self._known[element]
        if element in self._open:
            raise self._refused(element, "refers to itself in a circle")
        if depth > MAX_DEPTH:
            raise self._refused(element, f"is nested more than {MAX_DEPTH} deep")
        self._open.add(element)
        inner = [self._measured(item, depth + 1) for item in (*element.iterchildren("*"), *self._referred(element))]
        self._open.remove(element)
        count = min(1 + sum(item[0] for item in inner), MAX_DRAWN + 1)
        height = 1 + max((item[1] for item in inner), default=0)
        if height > MAX_DEPTH:
            raise self._refused(element, f"is nested more than {MAX_DEPTH} deep")
        self._known[element] = count, height
        return count, height

    def _referred(self, element: "_Element") -> "Iterator[_Element]":
        """Yield every element that `element` is drawn with: by `href`, `url(#…)` or a rule of a style."""
        local, names = _local(element), set()
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] == "href" and local != "a":
                names.add(value.strip().removeprefix("#"))
            names.update(address for _, address in _ADDRESS.findall(_COMMENT.sub("", value)))
        classes = (f".{item}" for item in element.get("class", "").split())
        for selector in ("*", local, f"#{element.get('id', '')}", *classes):
            names.update(self._styled.get(selector, ()))
        for item in sorted({item.strip() for item in names} - {""}):
            yield from self._targets.get(item, ())

    def _style_references(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield for each simple selector of the styles what the elements that it selects are drawn with."""
        found: dict[str, frozenset[str]] = {}
        for style in (item for item in self._root.iter("*") if _local(item) == "style"):
            for selectors, body in _RULE.findall(_COMMENT.sub("", "".join(style.itertext()))):
                names = frozenset(address.strip() for _, address in _ADDRESS.findall(body))
                for selector in map(str.strip, selectors.split(",")) if names else ():
                    if not _SELECTOR.fullmatch(selector):
                        raise self._refused(
                            style, f"has the style rule “{_quoted(selector)}”, which is too involved"
                        )
                    found[selector] = found.get(selector, frozenset()) | names
        yield from found.items()

    def _refused(self, element: "_Element", what: str) -> FormatError:
        return FormatError(f"{what}; save it simpler, or as PNG", path=self._name, line=element.sourceline)
