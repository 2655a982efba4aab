"""Names of files in a bundle: which ones unpack to the same place, inside the folder, on every system."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 200
"""Characters of a whole name; Windows stops at 260 for the folder and the name together."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (which hides or turns text around), surrogate, line and paragraph ends."""
_WINDOWS_ONLY = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)


def name_fault(name: str) -> str | None:
    """Return why `name` must not stand in a bundle, as the end of a sentence, or None if it may.

    Folders are written with `/`. The rules are those of the strictest system that unpacks it (Windows), so that
    one bundle gives the same files everywhere.
    """
    return next(_faults(name), None)


def _faults(name: str) -> Iterator[str]:
    if not 1 <= len(name) <= LONGEST:
        yield f"must have 1 to {LONGEST} characters"
    if any(unicodedata.category(sign) in _INVISIBLE for sign in name):
        yield "holds a control character or an invisible one"
    if "\\" in name:
        yield "holds a backslash, which is a folder mark on Windows"
    if name.startswith("/"):
        yield "starts at the root of the disk instead of inside the bundle"
    if re.match(r"[A-Za-z]:", name):
        yield "starts with a drive letter"
    if found := _WINDOWS_ONLY.search(name):
        yield f"holds “{found[0]}”, which Windows forbids in names"
    for part in name.split("/"):
        if part == "..":
            yield "leads out of the bundle’s folder (..)"
        elif part in {"", "."}:
            yield "has an empty folder name"
        elif part[-1] in ". ":
            yield "has a part that ends in a full stop or a blank, which Windows drops"
        elif _DEVICE.fullmatch(part):
            yield f"uses “{part}”, which is a device on Windows"


def twin_key(name: str) -> str:
    """Return a key that is equal for names which some system takes for the same file.

    Unicode's canonical caseless matching (The Unicode Standard, section 3.13, D145), with the full stops and blanks
    dropped that Windows drops.
    """
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return "/".join(part.rstrip(". ") for part in folded.split("/"))


def printable(name: str) -> str:
    """Return `name` with every invisible character written as an escape, safe for a terminal."""
    return "".join(
        sign.encode("unicode_escape").decode("ascii") if unicodedata.category(sign) in _INVISIBLE else sign
        for sign in name
    )
