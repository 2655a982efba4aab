"""How fast mail goes out: evenly, with a limit for all and one for each domain, and without a clock that jumps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

_MINUTE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Time, as it is told and as it passes."""

    now: Callable[[], datetime]
    """The time of day, aware of its zone; somebody may set it meanwhile."""
    monotonic: Callable[[], float]
    """Seconds that only ever grow."""
    sleep: Callable[[float], None]
    """Waits so many seconds, or less where something happens before."""


@dataclass(slots=True)
class Pace:
    """Says when the next message may go out.

    Args:
        per_minute: messages; 0 for no limit.
        per_domain: messages to one domain in a minute; 0 for no limit.
    """

    per_minute: int
    per_domain: int
    _next: float = 0.0
    _resting: dict[str, float] = field(default_factory=dict)

    def wait(self, now: float) -> float:
        """Return how many seconds there are until a message may go out; 0 for at once."""
        return max(self._next - now, 0.0)

    def resting(self, now: float) -> tuple[str, ...]:
        """Return the domains that get nothing at the moment."""
        self._resting = {domain: until for domain, until in self._resting.items() if until > now}
        return tuple(self._resting)

    def rested(self) -> float | None:
        """Return when the first of them may get something again."""
        return min(self._resting.values(), default=None)

    def sent(self, domain: str, now: float) -> None:
        """Note that a message to a domain goes out now."""
        if self.per_minute:
            self._next = now + _MINUTE / self.per_minute
        if self.per_domain:
            self._resting[domain] = now + _MINUTE / self.per_domain
