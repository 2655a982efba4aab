"""Which bytes of a file a seal covers. All but its own have to be."""

from collections.abc import Iterator, Sequence


def covers_whole_file(pdf: bytes, span: Sequence[int]) -> bool:
    """Return whether a seal reaches to the end of the file.

    Args:
        pdf: the file.
        span: `/ByteRange`: offset and length of the two parts that the seal covers.
    """
    return len(span) == _PARTS and span[0] == 0 and span[2] + span[3] == len(pdf)


def coverage_faults(pdf: bytes, span: Sequence[int], contents: bytes) -> Iterator[str]:
    """Yield what speaks against a seal by the bytes it covers.

    Args:
        pdf: the file.
        span: `/ByteRange`.
        contents: `/Contents`, the seal itself, padded with zeros.
    """
    if not _leaves_out_only(pdf, span, contents):
        yield "The seal leaves out a part of the file."
    elif not covers_whole_file(pdf, span):
        yield "Something was added to the file after it was sealed."
    if contents[_length(contents) :].strip(b"\0"):
        yield "Something is hidden behind the seal, in the room left for it."


_PARTS = 4


def _leaves_out_only(pdf: bytes, span: Sequence[int], contents: bytes) -> bool:
    """Return whether what lies between the covered parts is the seal and nothing else, in either case of digits."""
    if len(span) != _PARTS or span[0] != 0 or not 0 < span[1] < span[2] <= span[2] + span[3] <= len(pdf):
        return False
    digits = contents.hex()
    return pdf[span[1] : span[2]] in {f"<{digits}>".encode(), f"<{digits.upper()}>".encode()}


def _length(contents: bytes) -> int:
    """Return how many bytes the seal takes by its own account (DER: a tag and a length first)."""
    from pipeline.engines.seal.library import part

    try:
        header, content, trailer = part("asn1crypto.parser").parse(contents)[3:6]
    except ValueError:
        return 0
    return len(header) + len(content) + len(trailer)
