"""Runs of WordprocessingML, cut and wrapped as Word does it."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML = "{http://www.w3.org/XML/1998/namespace}"

SIGNS = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen", "\u00ad": "softHyphen"}
TEXT = {f"{W}{tag}": sign for sign, tag in SIGNS.items()}


def letters(run: etree._Element) -> str:
    """Return the text of a run; each sign of Word's own is one character."""
    return "".join(
        (item.text or "") if item.tag in {f"{W}t", f"{W}delText"} else TEXT.get(item.tag, "") for item in run
    )


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that one element each can hold."""
    piece = ""
    for letter in text:
        if letter in SIGNS:
            if piece:
                yield piece
            yield letter
            piece = ""
        else:
            piece += letter
    if piece:
        yield piece


def letters_element(text: str) -> etree._Element:
    if text in SIGNS:
        return etree.Element(f"{W}{SIGNS[text]}")
    made = etree.Element(f"{W}t", {f"{XML}space": "preserve"})
    made.text = text
    return made


def cut_run(run: etree._Element, offset: int) -> None:
    """Cut a run in two: `offset` characters stay, the rest goes into a run behind it."""
    text = letters(run)
    second = deepcopy(run)
    for part, words in ((run, text[:offset]), (second, text[offset:])):
        for item in [item for item in part if item.tag != f"{W}rPr"]:
            part.remove(item)
        for piece in pieces(words):
            part.append(letters_element(piece))
    run.addnext(second)


def alone(run: etree._Element) -> etree._Element:
    """Return what stands around one run alone: its insertion, cut out of a longer one, or the run itself."""
    wrapper = run.getparent()
    if wrapper.tag not in {f"{W}ins", f"{W}moveTo"}:
        return run
    for other in [item for item in wrapper if item is not run]:
        copy = etree.Element(wrapper.tag, dict(wrapper.attrib))
        if wrapper.index(other) < wrapper.index(run):
            wrapper.addprevious(copy)
        else:
            last = wrapper
            while last.getnext() is not None and last.getnext().get("after") == "1":
                last = last.getnext()
            last.addnext(copy)
            copy.set("after", "1")
        copy.append(other)
    for item in wrapper.getparent():
        item.attrib.pop("after", None)
    return wrapper


def top(run: etree._Element) -> etree._Element:
    """Return the child of the paragraph that a run is in."""
    while run.getparent().tag != f"{W}p":
        run = run.getparent()
    return run


def wrap(run: etree._Element, wrapper: etree._Element) -> None:
    run.addprevious(wrapper)
    wrapper.append(run)


def run_properties(run: etree._Element) -> etree._Element:
    found = run.find(f"{W}rPr")
    if found is None:
        found = etree.Element(f"{W}rPr")
        run.insert(0, found)
    return found


def first(runs: list[etree._Element]) -> etree._Element | None:
    return next((run for run in runs if letters(run)), None)
