"""What a model in somebody's folder is: from the list, from the receipt in the folder, or as the person says."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.models.convert import conversion_of, is_model
from pipeline.engines.models.known import Card, Conversion, KnownModel, is_model_id
from pipeline.engines.models.receipt import RECEIPT, load_receipt
from pipeline.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says of a model."""

    pair: tuple[str, str] | None = None
    """Languages, without regions."""
    licence: str | None = None
    attribution: str | None = None
    target_token: str | None = None


def identify(source: Path, model: str | None, known: KnownModel | None, told: Told) -> Card:
    """Return what the model in `source` is.

    The list knows the licence of what a publisher offers; that of a model somebody converted comes from its receipt
    or from the person.

    Args:
        source: the folder.
        model: the id it is to have; None to take that of its receipt.
        known: the model of that id in the list.
        told: what else the person says.

    Raises:
        ConfigError: something is not known, or contradicts the receipt.
        FormatError: the receipt is damaged.
    """
    if (source / RECEIPT).is_file():
        card = load_receipt(source / RECEIPT).card
        if model not in {None, card.id}:
            raise ConfigError(f"{source}: is “{card.id}” by its {RECEIPT}, not “{model}”; leave out the name")
        return card
    if model is None or not is_model_id(model):
        raise ConfigError(f"{source}: say what the model is to be called, in small letters, figures and hyphens")
    original = not is_model(source) or conversion_of(source) is Conversion.OPUS_MT
    listed = known.card if known else None
    licence = told.licence or (listed.licence if listed and original else None)
    pair = told.pair or ((listed.source, listed.target) if listed else None)
    if licence is None:
        raise ConfigError(f"{source}: say under which licence the model stands: --licence “CC-BY-4.0”, for example")
    if pair is None:
        raise ConfigError(f"{source}: say what it translates: --pair de-fr, for example")
    return Card(
        id=model,
        source=pair[0],
        target=pair[1],
        licence=licence,
        attribution=told.attribution or (listed.attribution if listed else "not stated"),
        target_token=told.target_token or (listed.target_token if listed else None),
    )
