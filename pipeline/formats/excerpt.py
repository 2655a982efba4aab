"""A text with the characters that a finding is about."""

from collections.abc import Iterable, Iterator

from pipeline.model.issue import Span

CONTEXT = 40
"""Characters shown on either side of what is marked."""


def pieces(text: str, spans: Iterable[Span], *, context: int | None = CONTEXT) -> Iterator[tuple[bool, str]]:
    """Yield `text` as (is marked, characters), far-away text cut to an ellipsis.

    Args:
        text: the whole text.
        spans: what is marked; may overlap.
        context: characters kept around the marks, or None to keep all.
    """
    joined: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    first = max(joined[0][0] - context, 0) if joined and context is not None else 0
    last = min(joined[-1][1] + context, len(text)) if joined and context is not None else len(text)
    if not joined and context is not None:
        last = min(2 * context, len(text))
    if first > 0:
        yield False, "…"
    position = first
    for start, end in joined:
        if start > position:
            yield False, text[position:start]
        yield True, text[start:end]
        position = end
    if position < last:
        yield False, text[position:last]
    if last < len(text):
        yield False, "…"
