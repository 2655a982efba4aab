"""LibreTranslate, a free translation server that an office can run itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.engines.answers import refusal, result_of
from pipeline.engines.batches import Batch, Limits, in_batches
from pipeline.engines.guard import Guard, Patience
from pipeline.engines.http import Wire
from pipeline.engines.transport import is_local
from pipeline.model.translation import Capabilities, Request, Result

_LIMITS = Limits(count=25, size=5_000, longest=1_500)
"""A server may be set to less; it then refuses the batch, whose halves are asked for."""


@dataclass(slots=True, kw_only=True)
class LibreTranslate:
    """A LibreTranslate server, given several texts a request.

    Args:
        name: as in the settings.
        url: its address.
        key: what it wants as a key, if anything; travels in the body.
        wire: the way onto the network.
        patience: how hard to try.
    """

    name: str
    url: str
    key: str | None = field(default=None, repr=False)
    wire: Wire = field(default_factory=Wire, repr=False)
    patience: Patience = field(default_factory=Patience)
    version: str = field(default="json", init=False)
    """A server tells nothing of the models it runs: this names the way it was spoken to."""
    _guard: Guard = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._guard = Guard.on_the_clock(self.patience)

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        return Capabilities(
            data_leaves_machine=not is_local(self.url),
            encrypted=self.url.startswith("https://"),
            max_characters=_LIMITS.longest,
        )

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order; the server has no use for context, terms and spans."""
        return in_batches(
            request.passages,
            limits=_LIMITS,
            guard=self._guard,
            ask=lambda batch, _: self._ask(batch, request),
        )

    def _ask(self, batch: Batch, request: Request) -> Sequence[Result]:
        body = {
            "q": [passage.text for passage in batch],
            "source": request.source.partition("-")[0],
            "target": request.target.partition("-")[0],
            "format": "text",
        }
        answer = self.wire.ask(
            f"{self.url.rstrip('/')}/translate", body if self.key is None else {**body, "api_key": self.key}
        )
        texts = answer.get("translatedText")
        if not isinstance(texts, list) or len(texts) != len(batch):
            return [refusal(f"the answer holds no {len(batch)} translations")] * len(batch)
        return [result_of(passage.text, text) for passage, text in zip(batch, texts, strict=True)]
