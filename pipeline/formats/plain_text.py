"""Plain text to raw blocks: one per line, grouped by empty lines."""

from pipeline.model.inline import inlines
from pipeline.model.intake import RawBlock, RawContent, RawKind, Repair


def read_plain_text(text: str) -> RawContent:
    """Return the lines of `text`; mixed line ends are made alike and reported."""
    endings = {"\r\n": text.count("\r\n"), "\r": 0, "\n": 0}
    unified = text.replace("\r\n", "\n")
    endings["\r"], endings["\n"] = unified.count("\r"), unified.count("\n") - endings["\r\n"]
    unified = unified.replace("\r", "\n").replace("\f", "\n").replace("\x0b", "\n").removeprefix("\ufeff")
    mixed = sorted(endings.values())[:-1]
    repairs = (Repair(what="line ends made alike", line=None, count=sum(mixed)),) if sum(mixed) else ()
    blocks: list[RawBlock] = []
    group, gap = 0, True
    for number, line in enumerate(unified.split("\n"), 1):
        if not line.strip():
            gap = True
            continue
        group += gap
        gap = False
        blocks.append(RawBlock(kind=RawKind.TEXT, text=inlines(line), line=number, group=group))
    return RawContent(blocks=tuple(blocks), repairs=repairs)
