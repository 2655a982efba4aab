"""A review document that is open in LibreOffice, and what a reviewer can do in it.

The longest table of a document has the ids of the segments in its first column. A step names a row by id, a column
by number, and characters by their place in the text with all tracked changes accepted.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import uno  # type: ignore[import-not-found]  # comes with LibreOffice, for the system's Python only

from tests.review.uno_text import Uno, places, standing

Step: TypeAlias = dict[str, Any]


def named_value(name: str, value: object) -> Uno:
    """Return a named value as LibreOffice takes it."""
    struct = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    struct.Name, struct.Value = name, value
    return struct


class Review:
    """An open review document."""

    def __init__(self, context: Uno, desktop: Uno, document: Uno) -> None:
        self.context, self.desktop, self.document = context, desktop, document
        self.view = document.CurrentController
        services = context.ServiceManager
        self.dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)

    def take(self, step: Step) -> object:
        """Take one step; a step's `do` is the name of a method below."""
        arguments = {name: value for name, value in step.items() if name != "do"}
        action: Callable[..., object] = getattr(self, step["do"])
        return action(**arguments)

    def author(self, name: str, *, track: bool) -> None:
        """Let what follows be by `name`, with changes tracked or not."""
        services = self.context.ServiceManager
        settings = services.createInstanceWithContext(
            "com.sun.star.configuration.ConfigurationProvider", self.context
        )
        profile = settings.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess",
            (named_value("nodepath", "/org.openoffice.UserProfile/Data"),),
        )
        profile.givenname, _, profile.sn = name.partition(" ")
        profile.commitChanges()
        self.document.RecordChanges = track

    def type(self, *, row: str, column: int, start: int, end: int, text: str) -> None:
        """Replace characters by `text`: an insertion where start and end are one, a deletion without text."""
        self._range(row, column, start, end).String = text

    def append(self, row: str, column: int, text: str) -> None:
        """Write at the end of a cell."""
        cell = self._cell(row, column)
        cell.insertString(cell.End, text, False)

    def overwrite(self, row: str, column: int, text: str) -> None:
        """Replace all text of a cell."""
        self._all(self._cell(row, column)).String = text

    def dress(self, *, row: str, column: int, start: int, end: int, **looks: bool) -> None:
        """Make characters `bold` or `italic`, or no longer so."""
        selection = self._range(row, column, start, end)
        if "bold" in looks:
            selection.CharWeight = 150.0 if looks["bold"] else 100.0
        if "italic" in looks:
            selection.CharPosture = uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if looks["italic"] else "NONE")

    def split(self, *, row: str, column: int, start: int, line: bool = False) -> None:
        """Press Enter before a character, with Shift for a new `line` of the same paragraph."""
        cursor = self._range(row, column, start, start)
        cursor.Text.insertControlCharacter(cursor, 1 if line else 0, False)

    def empty(self, row: str, column: int) -> None:
        """Delete all text of a cell."""
        self._all(self._cell(row, column)).String = ""

    def comment(self, *, row: str, column: int, start: int, end: int, text: str, by: str) -> None:
        """Comment on characters."""
        note = self.document.createInstance("com.sun.star.text.textfield.Annotation")
        note.Author, note.Content = by, text
        cursor = self._range(row, column, start, end)
        cursor.Text.insertTextContent(cursor, note, True)

    def paste(self, row: str, column: int, text: str) -> None:
        """Replace all text of a cell by `text` out of another document, large, blue and in another font."""
        self._all(self._cell(row, column)).String = ""
        foreign = self.desktop.loadComponentFromURL(
            "private:factory/swriter", "_blank", 0, (named_value("Hidden", True),)
        )
        try:
            foreign.Text.String = text
            cursor = self._all(foreign.Text)
            cursor.CharFontName, cursor.CharHeight, cursor.CharColor = "DejaVu Sans", 17.0, 0x0000FF
            # Said outright: else it takes on the bold or italic of what stood there.
            cursor.CharWeight, cursor.CharPosture = 100.0, uno.Enum("com.sun.star.awt.FontSlant", "NONE")
            foreign.CurrentController.select(cursor)
            clip = foreign.CurrentController.getTransferable()
            self.view.select(self._all(self._cell(row, column)))
            self.view.insertTransferable(clip)
        finally:
            foreign.close(True)

    def delete_row(self, row: str) -> None:
        """Delete a row as the menu does, which is tracked where changes are."""
        self._stand(self._cell(row, 0))
        self._press("DeleteRows")

    def insert_row(self, row: str, texts: list[str]) -> None:
        """Insert a row with `texts` below another."""
        self._fill(self._below(row), texts)

    def move_row(self, row: str, below: str) -> None:
        """Move a row below another, cell by cell through the clipboard."""
        index = self._index(row)
        new = self._below(below)
        old = index if index < new else index + 1
        for column in range(self._width()):
            self.view.select(self._all(self._at(old, column)))
            clip = self.view.getTransferable()
            self.view.select(self._all(self._at(new, column)))
            self.view.insertTransferable(clip)
        self._stand(self._at(old, 0))
        self._press("DeleteRows")

    def delete_column(self, column: int) -> None:
        """Delete a column as the menu does."""
        self._stand(self._at(1, column))
        self._press("DeleteColumns")

    def accept_all(self) -> None:
        """Accept all tracked changes."""
        self._press("AcceptAllTrackedChanges")

    def reject_all(self) -> None:
        """Reject all tracked changes."""
        self._press("RejectAllTrackedChanges")

    def read(self) -> list[list[str]]:
        """Tell the text of every cell, row by row, as LibreOffice shows it."""
        table = self._table()
        rows: dict[int, list[str]] = {}
        for name in table.CellNames:
            number = int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
            rows.setdefault(number, []).append(table.getCellByName(name).String)
        return [rows[number] for number in sorted(rows)]

    def _table(self) -> Uno:
        tables = self.document.TextTables
        return max((tables.getByIndex(number) for number in range(tables.Count)), key=lambda it: it.Rows.Count)

    def _width(self) -> int:
        return int(self._table().Columns.Count)

    def _at(self, index: int, column: int) -> Uno:
        return self._table().getCellByPosition(column, index)

    def _index(self, row: str) -> int:
        table = self._table()
        for index in range(table.Rows.Count):
            cell = table.getCellByPosition(0, index)
            if row in cell.String and standing(cell) == row:
                return index
        raise LookupError(f"no row {row}")

    def _cell(self, row: str, column: int) -> Uno:
        return self._at(self._index(row), column)

    def _all(self, text: Uno) -> Uno:
        cursor = text.createTextCursor()
        cursor.gotoStart(False)
        cursor.gotoEnd(True)
        return cursor

    def _range(self, row: str, column: int, start: int, end: int) -> Uno:
        """Return a cursor over characters; those of tracked deletions are there and do not count."""
        text = self._cell(row, column)
        stops = places(text)
        first = stops[start]
        last = stops[end - 1] + 1 if end > start else first
        cursor = text.createTextCursor()
        cursor.gotoStart(False)
        cursor.goRight(first, False)
        cursor.goRight(last - first, True)
        return cursor

    def _below(self, row: str) -> int:
        index = self._index(row)
        self._stand(self._at(index, 0))
        self._press("InsertRowsAfter")
        return index + 1

    def _fill(self, index: int, texts: list[str]) -> None:
        for column, text in enumerate(texts):
            self._at(index, column).String = text

    def _stand(self, cell: Uno) -> None:
        self.view.select(cell.createTextCursor())

    def _press(self, command: str) -> None:
        self.dispatcher.executeDispatch(self.view.Frame, f".uno:{command}", "", 0, ())
