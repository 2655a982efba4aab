"""The structure tree written into a PDF (ISO 32000-1, 14.7)."""

from collections.abc import Iterator
from typing import Any

from pipeline.engines.pdf.node import ROLES, Annotation, Kid, Node

KEPT_EMPTY = frozenset(("TD", "TH"))
"""Elements that count even without content: a table has as many cells in every row."""


class StructureWriter:
    """Writes one tree into one file.

    Args:
        pdf: the library's file.
        pages: how many it has.
    """

    def __init__(self, pdf: Any, pages: int) -> None:
        self._pdf = pdf
        self._page_references = pdf.page_references
        self._owners: list[dict[int, bytes]] = [{} for _ in range(pages)]
        """For each page, the element that each number of its content belongs to."""
        self._links: list[tuple[Any, bytes]] = []

    def write(self, root: Node) -> None:
        """Write the tree under `root` and everything that refers to it."""
        from pydyf import Array, Dictionary

        pdf = self._pdf
        tree = Dictionary({"Type": "/StructTreeRoot", "RoleMap": _roles(root)})
        pdf.add_object(tree)
        tree["K"] = self._element(root, tree)
        numbers = Array()
        for page, owners in enumerate(self._owners):
            highest = max(owners, default=-1)
            numbers += [page, Array(owners.get(number, "null") for number in range(highest + 1))]
        for key, (entry, owner) in enumerate(self._links, start=len(self._owners)):
            entry["StructParent"] = key
            numbers += [key, owner]
        parents = Dictionary({"Nums": numbers})
        pdf.add_object(parents)
        tree["ParentTree"] = parents.reference
        pdf.catalog["StructTreeRoot"] = tree.reference
        pdf.catalog["MarkInfo"] = Dictionary({"Marked": "true"})
        pdf.catalog["ViewerPreferences"] = Dictionary({"DisplayDocTitle": "true"})

    def _element(self, node: Node, parent: Any) -> bytes:
        """Write an element and all below it; return its reference."""
        from pydyf import Array, Dictionary, String

        element = Dictionary({"Type": "/StructElem", "S": f"/{node.tag}", "P": parent.reference})
        self._pdf.add_object(element)
        for key, text in (("Lang", node.lang), ("Alt", node.alt), ("ActualText", node.actual)):
            if text is not None:
                element[key] = String(text)
        if node.attributes:
            element["A"] = Dictionary(dict(node.attributes))
        element["Pg"] = self._page_references[node.page]
        element["K"] = Array(self._kid(kid, node, element) for kid in node.kids if not _is_empty(kid))
        return bytes(element.reference)

    def _kid(self, kid: Kid, node: Node, element: Any) -> Any:
        """Return how an element refers to what it holds."""
        from pydyf import Dictionary

        if isinstance(kid, Node):
            return self._element(kid, element)
        page = self._page_references[kid.page]
        if isinstance(kid, Annotation):
            self._links.append((kid.entry, element.reference))
            return Dictionary({"Type": "/OBJR", "Obj": kid.entry.reference, "Pg": page})
        self._owners[kid.page][kid.number] = element.reference
        if kid.page == node.page:
            return kid.number
        return Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})


def _roles(root: Node) -> Any:
    from pydyf import Dictionary

    used = {node.tag for node in _all(root)}
    return Dictionary({tag: f"/{role}" for tag, role in ROLES.items() if tag in used})


def _all(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _all(kid)


def _is_empty(kid: Kid) -> bool:
    return isinstance(kid, Node) and kid.tag not in KEPT_EMPTY and all(map(_is_empty, kid.kids))
