"""The structure of a document, read off its laid-out pages: what a screen reader reads, in the order of the text.

Types and attributes follow ISO 32000-1, 14.8; which of them must be there, ISO 14289-1 (PDF/UA-1), 7.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pipeline.engines.pdf import private
from pipeline.engines.pdf.node import Annotation, Kid, Mark, Node
from pipeline.errors import PdfError

TAGS: Mapping[str, str] = MappingProxyType(
    {
        **{f"h{level}": f"H{level}" for level in range(1, 7)},
        **dict.fromkeys(("p", "address", "dt", "dd", "pre"), "P"),
        **dict.fromkeys(("ul", "ol"), "L"),
        **dict.fromkeys(("strong", "b"), "Strong"),
        **dict.fromkeys(("em", "i"), "Em"),
        **dict.fromkeys(("caption", "figcaption"), "Caption"),
        **dict.fromkeys(("header", "footer", "section"), "Sect"),
        "li": "LI",
        "li::marker": "Lbl",
        "blockquote": "BlockQuote",
        "q": "Quote",
        "code": "Code",
        "a": "Link",
        "table": "Table",
        "thead": "THead",
        "tbody": "TBody",
        "tfoot": "TFoot",
        "tr": "TR",
        "th": "TH",
        "td": "TD",
        "figure": "Div",
        "main": "Part",
        "article": "Art",
        "aside": "Aside",
    }
)
"""Element of HTML to element of the structure; others leave no trace of their own."""

GROUPING = frozenset(("Document", "Part", "Art", "Sect", "Div", "Aside"))
"""Elements that hold no text directly (ISO 32000-1, 14.8.4.2)."""

POINTS = 0.75
"""Of a PDF in a pixel of CSS."""

SOFT_HYPHEN = "\u00ad"
UNPARTED = ("-", "/", "\u2011", " ", "\u00a0")
"""Behind these a line ends without a blank that was lost there."""
_TITLE = "{http://www.w3.org/2000/svg}title"


class StructureReader:
    """Reads pages one after another; what runs on over lines and pages stays one element.

    Elements of the HTML page are told apart by identity: boxes are their fragments.
    """

    def __init__(self) -> None:
        self.root = Node(tag="Document")
        self.artifacts: list[frozenset[int]] = []
        """For each page, the numbers of what is no part of the text: running headers, repeated table heads."""
        self.blanks: list[set[int]] = []
        """For each page, the numbers of texts behind which a line ends between two words."""
        self._nodes: dict[tuple[Any, str], Node] = {}
        self._page, self._height = 0, 0.0
        self._marks: dict[Any, int] = {}
        self._hidden: set[int] = set()
        self._line: Any = None
        self._before: dict[Any, tuple[Any, Mark] | None] = {}
        """By element, the line that its last text stands on, and that text, if a blank can follow it.

        What runs on over pages in two columns is not read off in one piece.
        """

    def read(self, number: int, page: Any, stream: Any) -> None:
        """Take in a page.

        Args:
            number: of the page, from 0.
            page: the library's laid-out page.
            stream: its content.

        Raises:
            PdfError: a picture has no alternative text, or a text no place in the order.
        """
        self._page, self._height = number, page.height
        self._marks, self._hidden = private.marks(stream), set()
        self.blanks.append(set())
        self._walk(private.page_box(page), self.root)
        if self._marks:
            raise PdfError(f"page {number + 1} shows text outside of its structure; change the template’s style")
        self.artifacts.append(frozenset(self._hidden))

    def _walk(self, placed: Any, parent: Node) -> None:
        box = private.unwrapped(placed)
        if private.is_margin(box):
            self._hide(box)
            return
        node = self._node(box, parent)
        if node is None or (node.tag == "THead" and node.page != self._page):
            self._hide(box)
            return
        if box.link_annotation:
            _add(node, Annotation(page=self._page, entry=box.link_annotation))
        if private.is_line(box):
            self._line = box
        if box in self._marks:
            self._content(box, node)
        for child in getattr(box, "children", ()):
            self._walk(child, node)

    def _hide(self, placed: Any) -> None:
        """Make everything in a box an artifact."""
        box = private.unwrapped(placed)
        if box in self._marks:
            self._hidden.add(self._marks.pop(box))
        for child in getattr(box, "children", ()):
            self._hide(child)

    def _content(self, box: Any, node: Node) -> None:
        mark = Mark(page=self._page, number=self._marks.pop(box))
        if not private.is_text(box):
            _add(node, mark)
            return
        self._part_words(box, mark)
        hyphen = SOFT_HYPHEN + box.style["hyphenate_character"]
        if box.text.endswith(hyphen):
            # ISO 32000-1, 14.8.2.2.3: a hyphen that only divides a word at the line's end is a soft one.
            text = box.text.removesuffix(hyphen).replace(SOFT_HYPHEN, "") + SOFT_HYPHEN
            _add(node, Node(tag="Span", page=self._page, actual=text, kids=[mark]))
        else:
            _add(node, mark)

    def _part_words(self, box: Any, mark: Mark) -> None:
        """Have a blank between the last word of a line and the first of the next one (ISO 32000-1, 14.8.2.5)."""
        here = (self._line.element, self._line.element_tag)
        before = self._before.get(here)
        if before is not None:
            line, last = before
            if line is not self._line:
                self.blanks[last.page].add(last.number)
        whole = box.text.endswith(UNPARTED) or box.style["overflow_wrap"] == "anywhere"
        self._before[here] = None if whole else (self._line, mark)

    def _node(self, box: Any, parent: Node) -> Node | None:
        """Return the element that the contents of a box belong to, or None for a picture that says nothing."""
        if box.element is None or private.is_text(box):
            return parent
        if private.is_picture(box):
            return self._figure(box, parent)
        key = (box.element, box.element_tag)
        known = self._nodes.get(key)
        if known is not None and (box.element_tag in TAGS or (parent.kids and parent.kids[-1] is known)):
            return known
        lang = box.element.get("lang") if box.element_tag not in {"html", "body"} else None
        tag = TAGS.get(box.element_tag) or _unnamed(box, parent, lang)
        if tag is None:
            return parent
        node = Node(tag=tag, page=self._page, lang=lang, attributes=_attributes(box, tag))
        self._nodes[key] = node
        _add(parent, node)
        return node

    def _figure(self, box: Any, parent: Node) -> Node | None:
        title = box.element.find(_TITLE)
        alt = box.element.get("alt") if title is None else title.text
        if alt is None:
            name = box.element.get("src") or "a drawing"
            raise PdfError(f"the template shows “{name}” without alternative text (alt); say what it shows")
        if not alt.strip():
            return None
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, self._height - top - box.height, left + box.width, self._height - top)
        area = " ".join(f"{edge * POINTS:.2f}" for edge in edges)
        attributes = (("O", "/Layout"), ("BBox", f"[{area}]"), ("Placement", "/Block"))
        node = Node(tag="Figure", page=self._page, alt=alt, attributes=attributes)
        _add(parent, node)
        return node


def _unnamed(box: Any, parent: Node, lang: str | None) -> str | None:
    """Return the type of an element that HTML gives no meaning of its own, or None where it needs none."""
    if private.has_lines(box) and parent.tag in GROUPING:
        return "P"
    if lang:
        return "Span" if private.is_inline(box) else "Div"
    return None


def _attributes(box: Any, tag: str) -> tuple[tuple[str, str], ...]:
    """Return what is to be said of a list or a table's cell."""
    if tag == "L" and box.style["list_style_type"] != "none":
        return (("O", "/List"), ("ListNumbering", "/Decimal" if box.element_tag == "ol" else "/Disc"))
    if tag not in {"TH", "TD"}:
        return ()
    spans = (("ColSpan", box.colspan), ("RowSpan", box.rowspan))
    said = [(name, str(cells)) for name, cells in spans if cells != 1]
    if tag == "TH":
        said.append(("Scope", "/Row" if box.element.get("scope") == "row" else "/Column"))
    return (("O", "/Table"), *said) if said else ()


def _add(node: Node, kid: Kid) -> None:
    """Put `kid` behind all that `node` has; an item's text stands in its body, beside its mark."""
    if node.tag == "LI" and not (isinstance(kid, Node) and kid.tag in {"Lbl", "LBody"}):
        last = node.kids[-1] if node.kids else None
        if not (isinstance(last, Node) and last.tag == "LBody"):
            last = Node(tag="LBody", page=kid.page)
            node.kids.append(last)
        node = last
    node.kids.append(kid)


def read_structure(pages: Sequence[Any], streams: Sequence[Any]) -> StructureReader:
    """Return the structure of laid-out `pages`, whose contents are `streams`; errors as in `read`."""
    reader = StructureReader()
    for number, (page, stream) in enumerate(zip(pages, streams, strict=True)):
        reader.read(number, page, stream)
    return reader
