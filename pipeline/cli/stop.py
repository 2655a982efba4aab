"""Being asked to stop: the first signal ends the work after its present step, the second one at once."""

import contextlib
import os
import select
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass(slots=True)
class Stop:
    """Whether somebody asked to stop, and a sleep that ends when somebody does."""

    _reader: int
    _writer: int
    _asked: bool = field(default=False)

    def asked(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._asked

    def sleep(self, seconds: float) -> None:
        """Wait so many seconds, or until somebody asks to stop."""
        if not self._asked:
            select.select([self._reader], [], [], max(seconds, 0.0))

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Take note of a signal; the next one interrupts."""
        if self._asked:
            signal.default_int_handler(number, frame)
        self._asked = True
        os.write(self._writer, b".")


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """Let Ctrl+C and SIGTERM ask to stop while the block runs."""
    reader, writer = os.pipe()
    stop = Stop(reader, writer)
    before = {number: signal.signal(number, stop.ask) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)
