"""Translation on this machine: a model run by CTranslate2, its words cut by SentencePiece. No text leaves it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline import locales
from pipeline.engines.cutting import Piece, cut
from pipeline.engines.guard import has_letters
from pipeline.engines.hypotheses import Judge, best
from pipeline.engines.models.convert import require_offline
from pipeline.engines.models.known import Card
from pipeline.engines.models.loaded import PLAIN, Answer, Decoding, LoadedModel
from pipeline.engines.models.store import ModelStore
from pipeline.errors import ConfigError, TranslationError, TranslationFault
from pipeline.locales import Locale
from pipeline.model.translation import Capabilities, Failed, Passage, Request, Result, Translated

_MAX_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A passage that is with the model."""

    passage: Passage
    pieces: tuple[Piece, ...]
    answers: Sequence[Answer]
    """One for each piece to translate."""
    failure: Failed | None
    """Why the model was not asked."""


@dataclass(slots=True)
class OfflineEngine:
    """An installed model as an engine; loaded at the first request, once every file was found whole.

    Args:
        name: as in the settings.
        store: where the model is.
        card: which one, from its receipt.
        judge: counts findings in a translation; decides between what the model offers.
        abbreviations: the office's own, which end no sentence.
        decoding: how the model is asked.
    """

    name: str
    store: ModelStore
    card: Card
    judge: Judge
    abbreviations: frozenset[str] = frozenset()
    decoding: Decoding = field(default_factory=Decoding)
    _model: LoadedModel | None = field(init=False, repr=False, default=None)

    @property
    def capabilities(self) -> Capabilities:
        """What must be known before the engine is given a text."""
        return Capabilities(data_leaves_machine=False, encrypted=True, max_characters=_MAX_CHARACTERS)

    @property
    def version(self) -> str:
        """The model, and the version of CTranslate2."""
        from importlib.metadata import version

        return f"{self.card.id}, ctranslate2 {version('ctranslate2')}"

    def translate(self, request: Request) -> Iterator[Result]:
        """Yield one result per passage, in order; while one is taken, the model is at the next ones.

        Raises:
            ConfigError: the libraries are missing, or the model is not installed, damaged, or cannot be loaded.
            FormatError: the model's receipt is damaged.
        """
        if tuple(map(_language, (request.source, request.target))) != (self.card.source, self.card.target):
            reason = f"{self.card.id} translates from {self.card.source} to {self.card.target} only"
            yield from (Failed(reason=reason, fault=TranslationFault.REFUSED) for _ in request.passages)
            return
        if self._model is None:
            self._model = LoadedModel.load(self.store, self.card, self.decoding)
        # Equal passages are asked for once, so that they also get equal translations.
        distinct = tuple(dict.fromkeys(request.passages))
        answers = zip(distinct, self._answers(distinct, request.source, self._model), strict=True)
        found: dict[Passage, Result] = {}
        for passage in request.passages:
            if passage not in found:
                found.update([next(answers)])
            yield found[passage]

    def _answers(self, passages: Sequence[Passage], source: str, model: LoadedModel) -> Iterator[Result]:
        before: Sequence[_Asked] = ()
        for asked in self._windows(passages, locales.get(source), model):
            yield from map(self._result, before)
            before = asked
        yield from map(self._result, before)

    def _windows(
        self, passages: Sequence[Passage], locale: Locale, model: LoadedModel
    ) -> Iterator[Sequence[_Asked]]:
        """Yield the passages in groups, each given to the model before it is yielded."""
        group: list[tuple[Passage, tuple[Piece, ...], Failed | None]] = []
        tokens: list[list[str]] = []
        size = 0
        for passage in passages:
            pieces, failure = self._cut(passage, locale, model)
            group.append((passage, pieces, failure))
            more = [model.tokens(piece.text) for piece in pieces if piece.translate]
            tokens += more
            size += sum(map(len, more))
            if size >= self.decoding.window:
                yield _given(group, model.ask(tokens))
                group, tokens, size = [], [], 0
        yield _given(group, model.ask(tokens))

    def _cut(self, passage: Passage, locale: Locale, model: LoadedModel) -> tuple[tuple[Piece, ...], Failed | None]:
        if not has_letters(passage.text):
            return (Piece(passage.text, translate=False),), None
        try:
            pieces = cut(
                passage.text,
                locale,
                count=lambda text: len(model.tokens(text)),
                limit=self.decoding.longest_source,
                abbreviations=self.abbreviations,
            )
        except TranslationError as error:
            return (), Failed(reason=str(error), fault=error.fault)
        return pieces, None

    def _result(self, asked: _Asked) -> Result:
        if asked.failure is not None:
            return asked.failure
        kept = [asked.passage.text[span.start : span.end].translate(PLAIN) for span in asked.passage.keep]

        def findings(source: str, text: str) -> int:
            plain = text.translate(PLAIN)
            lost = sum(words in source.translate(PLAIN) and words not in plain for words in kept)
            return lost + self.judge(source, text)

        answers = iter(asked.answers)
        try:
            parts = [
                best(piece.text, next(answers).hypotheses(), findings) if piece.translate else piece.text
                for piece in asked.pieces
            ]
        except TranslationError as error:
            return Failed(reason=str(error), fault=error.fault)
        return Translated(text="".join(parts))


def open_offline(
    name: str,
    *,
    store: ModelStore,
    pair: tuple[str, str],
    judge: Judge,
    abbreviations: frozenset[str] = frozenset(),
) -> OfflineEngine:
    """Return the engine of an installed model; it is not loaded yet.

    Args:
        name: `offline` for the one model of the pair, or `offline:` and a model's id.
        store: where models are.
        pair: language tags of source and target.
        judge: counts findings in a translation.
        abbreviations: the office's own.

    Raises:
        ConfigError: the libraries are missing, or no model is installed, or it is not clear which one.
        FormatError: a receipt is damaged.
    """
    require_offline()
    model = name.partition(":")[2]
    if model:
        card = store.receipt(model).card
    else:
        source, target = map(_language, pair)
        cards = [store.receipt(item).card for item in store.names()]
        cards = [item for item in cards if (item.source, item.target) == (source, target)]
        if not cards:
            message = f"no model from {source} to {target} is installed; run “communique models install”"
            raise ConfigError(message)
        if len(cards) > 1:
            names = ", ".join(f"offline:{item.id}" for item in cards)
            raise ConfigError(
                f"several models from {source} to {target} are installed; name one as engine: {names}"
            )
        card = cards[0]
    return OfflineEngine(name=name, store=store, card=card, judge=judge, abbreviations=abbreviations)


def _given(
    group: Sequence[tuple[Passage, tuple[Piece, ...], Failed | None]], answers: Sequence[Answer]
) -> Sequence[_Asked]:
    """Return the passages of a group with the answers to their own pieces."""
    left = iter(answers)
    return [
        _Asked(passage, pieces, [next(left) for piece in pieces if piece.translate], failure)
        for passage, pieces, failure in group
    ]


def _language(tag: str) -> str:
    return tag.partition("-")[0]
