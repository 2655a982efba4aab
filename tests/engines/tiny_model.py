"""A real translation model, small enough to be built inside a test: a Marian network with weights set by hand.

It copies its input word by word and says the words of a dictionary in French. How: every token is a code of ±1,
every position another; the codes are balanced, so that the network's normalisation leaves them as they are. The
encoder is the identity, but for the words of the dictionary, which enter it with the code of their translation. The
decoder looks from its own position at the same position of the source, takes the token from there, and the output
layer names the token whose code that is.

The files are those of an OPUS-MT archive, so that they take the very same way as a model from the network.
"""

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

TOKEN, POSITION = 256, 128
"""How many numbers of a vector say which token it is, and how many say where it stands."""
SIZE = TOKEN + POSITION
POSITIONS = 640

Words = Mapping[str, Mapping[str, float]]
"""German words and what they may become, with how sure the model is of it."""

DICTIONARY: Words = {
    "Die": {"Le": 1.0},
    "neue": {"nouveau": 1.0},
    "Brücke": {"viaduc": 0.53, "pont": 0.47},
    "öffnet": {"ouvre": 1.0},
    "morgen": {"demain": 1.0},
    "Alvenz": {"Alvence": 1.0},
    "in": {"à": 1.0},
    "und": {"et": 1.0},
    "Der": {"Le": 1.0},
    "Fluss": {"fleuve": 1.0},
    "bleibt": {"reste": 1.0},
    "ruhig": {"calme": 1.0},
    "sehr": {"très": 1.0},
    "ganz": {"très": 1.0},
    "überaus": {"très": 1.0},
    "höchst": {"très": 1.0},
    "nichts": {"▁": 1.0},
}
"""Two words are of use to tests: the model prefers “viaduc” to “pont”, and says nothing for “nichts”."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßàâçéèêëîïôùûœABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÀ0123456789.,:;!?\"'()-%€"
_EOS, _UNKNOWN = "</s>", "<unk>"


def build_opus(
    folder: Path, *, dictionary: Words = DICTIONARY, target_token: str | None = None, depth: int = 1
) -> Path:
    """Write the files of an OPUS-MT archive into `folder` and return it.

    Args:
        folder: made where it is missing.
        dictionary: what the model knows.
        target_token: a token more in its vocabulary.
        depth: layers on each side; those above the first cost time and change nothing.
    """
    import numpy as np

    folder.mkdir(parents=True, exist_ok=True)
    pieces = _sentence_pieces(folder, dictionary)
    tokens = [_EOS, _UNKNOWN, *pieces, *([target_token] if target_token else [])]
    np.savez(
        folder / "tiny.npz",
        allow_pickle=False,
        **_weights(tokens, dictionary, depth),
        **{"special:model.yml": _settings(depth)},
    )
    vocabulary = (f"{json.dumps(token, ensure_ascii=False)}: {index}\n" for index, token in enumerate(tokens))
    (folder / "tiny.vocab.yml").write_text("".join(vocabulary), encoding="utf-8")
    (folder / "decoder.yml").write_text(
        "models:\n  - tiny.npz\nvocabs:\n  - tiny.vocab.yml\n  - tiny.vocab.yml\n", encoding="utf-8"
    )
    (folder / "LICENSE").write_text("CC0: made for tests.\n", encoding="utf-8")
    return folder


def zipped(folder: Path) -> bytes:
    """Return the files of `folder` as an archive."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return data.getvalue()


def _sentence_pieces(folder: Path, dictionary: Words) -> list[str]:
    """Train SentencePiece so that every word of the dictionary is one piece; return the pieces."""
    import sentencepiece

    words = [*dictionary, *(word for targets in dictionary.values() for word in targets)]
    lines = [" ".join(words[start:] + words[:start]) for start in range(len(words))] * 12
    model = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([*lines, " ".join(_LETTERS)]),
        model_writer=model,
        vocab_size=420,
        hard_vocab_limit=False,
        character_coverage=1.0,
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        bos_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pieces = [processor.IdToPiece(index) for index in range(processor.GetPieceSize())]
    missing = {f"▁{word}" for word in words if word != "▁"} - set(pieces)
    assert not missing, f"not a piece of its own: {missing}"
    return [piece for piece in pieces if piece not in {_EOS, _UNKNOWN}]


def _codes(count: int, width: int, seed: int) -> "Array":
    """Return `count` different rows of ±1, as many of one sign as of the other."""
    import numpy as np

    row = np.repeat([1.0, -1.0], width // 2).astype(np.float32)
    return np.random.default_rng(seed).permuted(np.tile(row, (count, 1)), axis=1)


def _weights(tokens: list[str], dictionary: Words, depth: int) -> dict[str, "Array"]:
    import numpy as np

    def zeros(*shape: int) -> "Array":
        return np.zeros(shape, dtype=np.float32)

    codes = _codes(len(tokens), TOKEN, 1)
    place = {token: index for index, token in enumerate(tokens)}
    seen = codes.copy()
    for word, targets in dictionary.items():
        rows = (share * codes[place[to if to == "▁" else f"▁{to}"]] for to, share in targets.items())
        seen[place[f"▁{word}"]] = sum(rows, zeros(TOKEN))
    is_token, is_position = np.diag([1.0] * TOKEN + [0.0] * POSITION), np.diag([0.0] * TOKEN + [1.0] * POSITION)
    pad = zeros(len(tokens), POSITION)
    weights: dict[str, Array] = {
        # The network multiplies what it takes from these tables by the root of its size.
        "encoder_Wemb": np.hstack([seen, pad]) / np.sqrt(SIZE),
        "decoder_Wemb": np.hstack([codes, pad]) / np.sqrt(SIZE),
        "Wpos": np.hstack([zeros(POSITIONS, TOKEN), _codes(POSITIONS, POSITION, 2)]),
        "decoder_ff_logit_out_W": np.hstack([codes, pad]).T / 8,
        "decoder_ff_logit_out_b": zeros(1, len(tokens)),
    }
    layers = [f"{side}_l{number + 1}" for number in range(depth) for side in ("encoder", "decoder")]
    blocks = [f"{layer}_self" for layer in layers]
    blocks += [f"{layer}_context" for layer in layers if layer.startswith("decoder")]
    for block in blocks:
        weights |= {f"{block}_W{name}": zeros(SIZE, SIZE) for name in "qkvo"}
        weights |= {f"{block}_b{name}": zeros(1, SIZE) for name in "qkvo"}
    # Score of the right position against any other: sharp enough that nothing else is seen.
    weights["decoder_l1_context_Wq"] = weights["decoder_l1_context_Wk"] = is_position * 3
    weights["decoder_l1_context_Wv"], weights["decoder_l1_context_Wo"] = is_token, is_token * 30
    for layer in layers:
        weights |= {f"{layer}_ffn_W1": zeros(SIZE, 8), f"{layer}_ffn_b1": zeros(1, 8)}
        weights |= {f"{layer}_ffn_W2": zeros(8, SIZE), f"{layer}_ffn_b2": zeros(1, SIZE)}
        blocks.append(f"{layer}_ffn")
    for block in blocks:
        end = "ffn" if block.endswith("ffn") else "Wo"
        weights[f"{block}_{end}_ln_scale"] = zeros(1, SIZE) + 1
        weights[f"{block}_{end}_ln_bias"] = zeros(1, SIZE)
    return {name: value.astype(np.float32) for name, value in weights.items()}


def _settings(depth: int) -> "NDArray[np.int8]":
    """Return what Marian writes about the network into its file, as bytes behind which stands a zero."""
    import numpy as np

    settings = {
        "type": "transformer",
        "enc-depth": depth,
        "dec-depth": depth,
        "transformer-heads": 1,
        "transformer-decoder-autoreg": "self-attention",
        "transformer-no-projection": False,
        "transformer-ffn-activation": "relu",
        "transformer-preprocess": "",
        "transformer-postprocess": "dan",
        "transformer-postprocess-emb": "d",
        "transformer-guided-alignment-layer": "last",
    }
    return np.frombuffer(json.dumps(settings).encode() + b"\0", dtype=np.int8)
