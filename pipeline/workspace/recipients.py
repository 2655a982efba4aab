"""The register of recipients: whom releases may be mailed to, and whom not."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from pipeline.errors import WorkspaceError
from pipeline.formats.mail_address import address_key
from pipeline.model.recipient import Recipient
from pipeline.workspace.recipient_database import RecipientDatabase
from pipeline.workspace.recipient_records import SELECT, ListCount, Record, day_of, record
from pipeline.workspace.recipient_writer import Objected, RecipientWriter, mark

PLACE = Path("recipients", "recipients.sqlite")
"""Where the register lies in a workspace."""

MAX_REASON = 300
_PAGE = 500
"""Recipients read in one go; in between others can write, and what they write counts from the next page on."""

_OPEN = "r.objection IS NULL AND r.refusal IS NULL"
"""Who may be written to."""


class RecipientRegister:
    """The register in `path`, to be used by `with`; for one thread.

    Raises:
        WorkspaceError: it cannot be opened or is damaged. Every method may raise the same.
    """

    def __init__(self, path: Path) -> None:
        self._database = RecipientDatabase(path)

    def __enter__(self) -> "RecipientRegister":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def recipients(self, lists: Sequence[str], language: str | None = None) -> Iterator[Recipient]:
        """Return who may be written to on one or more of `lists`, each once, in the order of their addresses.

        Somebody who objects or proves undeliverable while this is being read is left out from the next page on.

        Args:
            lists: their names.
            language: BCP 47 tag of an edition, or None for all.

        Raises:
            WorkspaceError: there is no such list.
        """
        wanted = f"{_OPEN} AND (?2 IS NULL OR r.language = ?2)"
        return (found.recipient for found in self._pages(self._ids(lists), wanted, language))

    def members(self, name: str) -> Iterator[Record]:
        """Return everybody on a list, those who get no mail too, in the order of their addresses.

        Raises:
            WorkspaceError: there is no such list.
        """
        return self._pages(self._ids([name]), "?2 IS NULL", None)

    def count(self, lists: Sequence[str]) -> Mapping[str, int]:
        """Return how many may be written to on one or more of `lists`, each counted once, by their language.

        Raises:
            WorkspaceError: there is no such list.
        """
        return dict(
            self._database.rows(
                f"SELECT r.language, count(*) FROM recipient r WHERE {_OPEN}"  # noqa: S608 (constants and numbers)
                f" AND r.key IN (SELECT key FROM membership WHERE list IN ({self._ids(lists)}))"
                " GROUP BY r.language ORDER BY r.language"
            )
        )

    def overview(self) -> tuple[ListCount, ...]:
        """Return the figures of every list, by language."""
        found = self._database.rows(
            f"SELECT list.name, r.language, sum({_OPEN}), sum(r.objection IS NOT NULL),"  # noqa: S608 (constants)
            " sum(r.objection IS NULL AND r.refusal IS NOT NULL)"
            " FROM list JOIN membership m ON m.list = list.id JOIN recipient r ON r.key = m.key"
            " GROUP BY list.name, r.language ORDER BY list.name, r.language"
        )
        return tuple(
            ListCount(name=name, language=language, reached=reached, objected=objected, undeliverable=refused)
            for name, language, reached, objected, refused in found
        )

    def find(self, address: str) -> Record | None:
        """Return what is stored of an address, or None.

        Raises:
            FormatError: it is no address.
        """
        key = address_key(address)
        with self._database.told():
            return next(map(record, self._database.rows(f"{SELECT} WHERE r.key = ?", (key,))), None)

    def forgotten(self, address: str) -> date | None:
        """Return the day of an objection of which nothing but a mark was kept, or None."""
        ((salt,),) = self._database.rows("SELECT value FROM salt")
        found = self._database.rows("SELECT day FROM forgotten WHERE mark = ?", (mark(salt, address_key(address)),))
        with self._database.told():
            return day_of(found[0][0]) if found else None

    def why_not(self, address: str) -> str | None:
        """Return why nothing may be sent to an address, or None where it may be written to.

        Raises:
            FormatError: it is no address.
        """
        found = self.find(address)
        if found is None:
            since = self.forgotten(address)
            return f"objected on {since.isoformat()}" if since else "is not in the register"
        if found.recipient.objection:
            return f"objected on {found.recipient.objection.isoformat()}"
        if found.refusal:
            return f"is undeliverable since {found.refusal.since.isoformat()}: {found.refusal.reason}"
        return None

    def refuse(self, address: str, reason: str, when: date) -> bool:
        """Skip an address from now on because mail to it is not delivered; return whether it is in the register.

        Args:
            address: the address.
            reason: what the mail server said, in any form.
            when: the day of it; the first one of several stays.

        Raises:
            FormatError: it is no address.
        """
        said = "".join(letter if letter.isprintable() else " " for letter in reason[: 4 * MAX_REASON])
        said = " ".join(said.split())[:MAX_REASON] or "no reason given"
        with self._database.writing() as connection:
            return (
                connection.execute(
                    "UPDATE recipient SET refusal = ?, refused_on = coalesce(refused_on, ?) WHERE key = ?",
                    (said, when.isoformat(), address_key(address)),
                ).rowcount
                > 0
            )

    def clear(self, address: str) -> bool:
        """Try an address again that was undeliverable; return whether it was.

        Raises:
            FormatError: it is no address.
        """
        with self._database.writing() as connection:
            sql = "UPDATE recipient SET refusal = NULL, refused_on = NULL WHERE key = ? AND refusal IS NOT NULL"
            return connection.execute(sql, (address_key(address),)).rowcount > 0

    def object(self, address: str, when: date, *, forget: bool = False) -> Objected:
        """Record an objection (GDPR, Article 21): nothing is sent any more, and no import changes that.

        Args:
            address: the address; where it is not in the register, a mark is made, and nothing else is stored.
            when: the day; the first one of several stays.
            forget: delete the person's data (Article 17), and keep nothing but a mark.

        Raises:
            FormatError: it is no address.
        """
        key = address_key(address)
        with self.writing() as writer:
            return writer.record_objection(key, when, forget=forget)

    def remove(self, address: str, name: str) -> bool:
        """Take an address off a list; return whether any list is left.

        Off the last one, the person's data are deleted: nothing is left that they are kept for. Only who objected
        stays, so that the objection does.

        Raises:
            FormatError: it is no address.
            WorkspaceError: there is no such list, or the address is not on it.
        """
        key, number = address_key(address), self._ids([name])
        with self.writing() as writer:
            left = writer.remove(key, int(number))
        if left is None:
            raise WorkspaceError(
                f"{key} is not on the list “{name}”; “communique recipients show” says where it is"
            )
        return left

    @contextlib.contextmanager
    def writing(self) -> Iterator[RecipientWriter]:
        """Give what changes the register; all changes are kept together, or after an error none."""
        with self._database.writing() as connection:
            yield RecipientWriter(connection)

    def _ids(self, lists: Sequence[str]) -> str:
        """Return the numbers of lists, parted by commas."""
        known = dict(self._database.rows("SELECT name, id FROM list ORDER BY name"))
        wanted = [" ".join(name.split()).lower() for name in lists]
        for name in wanted:
            if name not in known:
                there = f"there are: {', '.join(known)}" if known else "there is none yet"
                raise WorkspaceError(f"there is no list “{name}” of recipients; {there}")
        return ", ".join(str(int(known[name])) for name in wanted)

    def _pages(self, ids: str, wanted: str, language: str | None) -> Iterator[Record]:
        sql = (
            f"{SELECT} WHERE r.key > ?1 AND {wanted}"  # noqa: S608 (constants and numbers)
            f" AND EXISTS (SELECT 1 FROM membership m WHERE m.key = r.key AND m.list IN ({ids}))"
            f" ORDER BY r.key LIMIT {_PAGE}"
        )
        last = ""
        while page := self._database.rows(sql, (last, language)):
            with self._database.told():
                records = [record(row) for row in page]
            yield from records
            last = page[-1][0]
