"""Contacts: the lines that say whom journalists may call, as values instead of text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.locales import Locale
from pipeline.model.inline import plain
from pipeline.model.intake import RawBlock, RawKind, Removal
from pipeline.model.release import Contact, Localized

_PHONE = re.compile(r"\+?\d[\d /().–-]{5,}\d")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"(?:[^\W\d_][\w.’-]*\s+){1,4}[^\W\d_][\w’-]*\Z")
LINE_LENGTH = 120
GAP = 3
"""So many lines may lie before the next telephone number or mail address: name, role, organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundContacts:
    """Whom a text names; `blocks` is the text without them, `removed` what a contact has no place for."""

    blocks: tuple[RawBlock, ...]
    contacts: tuple[Contact, ...] = ()
    removed: tuple[Removal, ...] = ()


def find_contacts(blocks: Sequence[RawBlock], locale: Locale) -> FoundContacts:
    """Return the contacts in `blocks`; a section that names nobody who can be reached stays in the text.

    A section begins with a short line such as “Pressekontakt” and goes on as long as short lines lead to a
    telephone number or mail address.
    """
    for start, block in enumerate(blocks):
        text = plain(block.text)
        if start == 0 or len(text) > LINE_LENGTH or not locale.cues.contact.match(text) or text.endswith("."):
            continue
        end = _end(blocks, start)
        contacts, left = _read(blocks[start:end], locale)
        if contacts:
            rest = (*blocks[:start], *blocks[end:])
            return FoundContacts(blocks=rest, contacts=contacts, removed=left)
    return FoundContacts(blocks=tuple(blocks))


def _end(blocks: Sequence[RawBlock], start: int) -> int:
    """Return where the section that begins at `start` ends: behind its last number or address."""
    end = start + 1
    for index in range(start, len(blocks)):
        text = plain(blocks[index].text)
        words_only = blocks[index].kind in {RawKind.TEXT, RawKind.HEADING, RawKind.ITEM}
        if not words_only or len(text) > 2 * LINE_LENGTH or index - end >= GAP:
            break
        if _PHONE.search(text) or _MAIL.search(text):
            end = index + 1
    return end


def _read(lines: Sequence[RawBlock], locale: Locale) -> tuple[tuple[Contact, ...], tuple[Removal, ...]]:
    contacts: list[Contact] = []
    left: list[Removal] = []
    for line, part in _parts(lines):
        mail, phone = _MAIL.search(part), _PHONE.search(part)
        last = contacts[-1] if contacts else None
        if mail and last and not last.email:
            contacts[-1] = replace(last, email=mail[0])
        elif phone and last and not last.phone and not part.lower().startswith("fax"):
            contacts[-1] = replace(last, phone=phone[0].strip())
        elif not (mail or phone) and _is_label(part, locale, first=not contacts):
            continue
        elif _NAME.match(part) and (last is None or last.phone or last.email):
            contacts.append(Contact(name=part))
        elif last and not last.role and not (last.phone or last.email or mail or phone):
            contacts[-1] = replace(last, role=Localized(texts=((locale.tag, part),)))
        else:
            left.append(Removal(text=part, reason="a contact has no place for it", line=line))
    reachable = bool(contacts) and all(contact.phone or contact.email for contact in contacts)
    return (tuple(contacts), tuple(left)) if reachable else ((), ())


def _is_label(part: str, locale: Locale, *, first: bool) -> bool:
    """Return whether `part` only says what comes next: “Pressekontakt” as the `first` of all, “Tel.” anywhere."""
    label = locale.cues.not_a_name.match(part)
    heading = first and locale.cues.contact.match(part)
    return bool(heading) or (label is not None and len(part) <= len(label[0]) + 1)


def _parts(lines: Sequence[RawBlock]) -> Iterator[tuple[int | None, str]]:
    for line in lines:
        for part in re.split(r"[\n,;|·]|:\s|:$", plain(line.text)):
            if part.strip():
                yield line.line, " ".join(part.split())
