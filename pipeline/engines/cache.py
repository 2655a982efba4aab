"""An engine that remembers: no text is sent, or paid for, a second time."""

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.engines.answer_store import AnswerStore
from pipeline.engines.answers import refusal
from pipeline.errors import WorkspaceError
from pipeline.model.translation import Capabilities, Engine, Passage, Request, Result, TermPair, Translated

_ENDING, _STEM = 2, 4
"""Letters by which inflected words differ at their end, and letters that they keep."""


@dataclass(slots=True, kw_only=True)
class Cached:
    """An engine behind a store of its answers.

    An answer is found again by all that it depends on: engine and its version, languages, text, what is protected
    in it and, for an engine that reads them, the terms that occur in it. The release around the passage is not part
    of it on purpose: a correction elsewhere in a release would otherwise send and cost all of it once more.

    Only translations are kept; a failure is asked again.

    Args:
        engine: asked for what is not in the store.
        store: where answers are kept.
    """

    engine: Engine
    store: AnswerStore
    translated: int = field(default=0, init=False)
    """Characters the engine has translated so far; what was in the store is not among them."""

    @property
    def name(self) -> str:
        """The engine's."""
        return self.engine.name

    @property
    def version(self) -> str:
        """The engine's."""
        return self.engine.version

    @property
    def capabilities(self) -> Capabilities:
        """The engine's."""
        return self.engine.capabilities

    def unknown(self, request: Request) -> Request:
        """Return `request` with those passages only that are not in the store, each once: what would be asked.

        Raises:
            WorkspaceError: the store cannot be used.
        """
        keys = self._keys(request)
        with self.store.opened() as answers:
            there = answers.get(keys)
        left = {key: item for key, item in zip(keys, request.passages, strict=True) if key not in there}
        return replace(request, passages=tuple(left.values()))

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order; equal passages are asked for once, and none that is in the store.

        Raises:
            WorkspaceError: the store cannot be used; nothing was asked then.
        """
        keys = self._keys(request)
        with self.store.opened() as answers:
            results: dict[bytes, Result] = {
                key: Translated(text=text) for key, text in answers.get(dict.fromkeys(keys)).items()
            }
            asked = {key: item for key, item in zip(keys, request.passages, strict=True) if key not in results}
            open_request = replace(request, passages=tuple(asked.values()))
            new = self.engine.translate(open_request) if asked else iter(())
            for key in keys:
                if key not in results:
                    result = results[key] = next(new, refusal("the engine gave no answer"))
                    if isinstance(result, Translated):
                        self.translated += len(asked[key].text)
                        # It may be paid for: it reaches the draft, where there is no room on the disk for it here.
                        with contextlib.suppress(WorkspaceError):
                            answers.put(key, result.text)
                yield results[key]

    def _keys(self, request: Request) -> tuple[bytes, ...]:
        common = [self.name, self.version, request.source, request.target]
        terms = request.terms if self.capabilities.reads_terms else ()
        return tuple(_key(passage, common, terms) for passage in request.passages)


def _key(passage: Passage, common: Sequence[str], terms: Sequence[TermPair]) -> bytes:
    text = passage.text.casefold()
    own_terms = sorted((pair.source, pair.target) for pair in terms if _occurs(pair.source, text))
    keep = [(span.start, span.end) for span in passage.keep]
    return hashlib.sha256(json.dumps([*common, passage.text, keep, own_terms]).encode()).digest()


def _occurs(term: str, text: str) -> bool:
    """Return whether a term may stand in `text`, inflected: all of its words do, up to their last two letters."""
    return all(word[: max(len(word) - _ENDING, _STEM)] in text for word in term.casefold().split())
