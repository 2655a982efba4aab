"""A model in memory: text in, what the model offers for it out."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.engines.hypotheses import Hypothesis
from pipeline.engines.models.convert import require_offline
from pipeline.engines.models.known import Card
from pipeline.engines.models.store import ModelStore
from pipeline.errors import ConfigError, TranslationError, TranslationFault

PLAIN = str.maketrans(
    {
        **dict.fromkeys("„“”«»", '"'),
        **dict.fromkeys("‚‘’‹›", "'"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        **dict.fromkeys("–—\u2011", "-"),
        "\u00ad": None,
        "…": "...",
    }
)
"""OPUS-MT models were trained on plain punctuation; other signs are rare to them, or unknown."""

_WORKERS = 8
"""Batches that are translated at the same time; more cores than that share in each of them."""
_END = "</s>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How the model is asked."""

    beam: int = 4
    hypotheses: int = 4
    """Answers to choose from; not more than `beam`."""
    longest: int = 256
    """Tokens of an answer; one that gets so far has lost its way."""
    longest_source: int = 160
    """Tokens of a sentence; longer ones are cut, so that their translation stays far from `longest`."""
    batch: int = 512
    """Tokens that go through the model together."""
    window: int = 2048
    """Tokens that are sorted by length together: fewer bring first answers sooner, more waste less on padding."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model is working on, or has finished."""

    pending: Any
    model: "LoadedModel"

    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Return what the model offers, best first; waits until it is there.

        Raises:
            TranslationError: CTranslate2 broke off.
        """
        try:
            result = self.pending.result()
        except (RuntimeError, ValueError) as error:
            message = f"the model broke off ({type(error).__name__})"
            raise TranslationError(message, fault=TranslationFault.REFUSED) from None
        # Decoded one by one: for a list of them SentencePiece starts threads, which cost more than they save.
        texts = map(self.model.target.decode, result.hypotheses)
        return tuple(
            Hypothesis(text.strip(), score, ended=len(tokens) < self.model.decoding.longest)
            for text, score, tokens in zip(texts, result.scores, result.hypotheses, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedModel:
    """A model in memory, given text by `ask` in batches."""

    translator: Any
    source: Any
    """SentencePiece model of the source language."""
    target: Any
    before: tuple[str, ...]
    """Tokens that the model wants before each text."""
    decoding: Decoding

    @classmethod
    def load(cls, store: ModelStore, card: Card, decoding: Decoding) -> "LoadedModel":
        """Return the model after every file of it was found to be as it was installed.

        A damaged model would load without a word and translate into nonsense.

        Raises:
            ConfigError: it is not installed, damaged, or cannot be loaded, or the libraries are missing.
            FormatError: its receipt is damaged.
        """
        require_offline()
        if faults := store.verify(card.id):
            message = f"{store.path(card.id)}: {faults[0]}; remove the model and install it again"
            raise ConfigError(message)
        import ctranslate2  # type: ignore[import-untyped]  # it ships no types
        import sentencepiece

        folder = store.path(card.id)
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        workers = min(cores, _WORKERS)
        try:
            return cls(
                translator=ctranslate2.Translator(
                    str(folder), compute_type="int8", inter_threads=workers, intra_threads=cores // workers
                ),
                source=sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm")),
                target=sentencepiece.SentencePieceProcessor(model_file=str(folder / "target.spm")),
                before=(card.target_token,) if card.target_token else (),
                decoding=decoding,
            )
        except (RuntimeError, ValueError, OSError, TypeError) as error:
            message = f"{folder}: cannot be loaded ({type(error).__name__}); remove the model and install it again"
            raise ConfigError(message) from None

    def tokens(self, text: str) -> list[str]:
        """Return what the model is given for `text`."""
        pieces: list[str] = self.source.encode(text.translate(PLAIN), out_type=str)
        return [*self.before, *pieces]

    def ask(self, texts: Sequence[Sequence[str]]) -> tuple[Answer, ...]:
        """Give the model the tokens of several texts and return at once, one answer for each."""
        if not texts:
            return ()
        pending = self.translator.translate_batch(
            texts,
            max_batch_size=self.decoding.batch,
            batch_type="tokens",
            asynchronous=True,
            beam_size=self.decoding.beam,
            num_hypotheses=self.decoding.hypotheses,
            max_decoding_length=self.decoding.longest,
            return_scores=True,
            disable_unk=True,
        )
        return tuple(Answer(item, self) for item in pending)
