"""What a review document says around the texts, in the languages of those who read it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWords:
    """The words of one language; braces stand for what is filled in."""

    title: str
    """What the document is."""
    drafted_by: str
    """`{makers}`: who made the draft."""
    memory: str
    """What the memory is called: approved releases."""
    made: str
    """`{office}`, `{day}`: who sends it, and when it was made."""
    how: tuple[str, ...]
    """How to correct, a sentence or two each; `{target}`: what its column is called."""
    confidential: str
    colours: str
    """What stands before the legend."""
    flagged: str
    """Legend: passages that a check points at."""
    missing: str
    """Legend: not translated."""
    locked: str
    """Legend: columns that are not to be changed."""
    gone: str
    """Legend: words that the source had."""
    fresh: str
    """Legend: words that it has now."""
    rewritten: str
    """Legend: what those two are about."""
    languages: Mapping[str, str]
    """Name of each language by its tag, as the head of a column begins with it."""
    number: str
    source: str
    target: str
    remarks: str
    table: str
    """What the table is, for those who cannot see it."""
    error: str
    warning: str
    info: str
    checks: Mapping[str, str]
    """Name of each check."""
    advice: Mapping[str, str]
    """What is the matter, by check, where a finding does not show it by two passages."""
    colon: str
    """With the blank before it, if there is one."""
    proposal: str
    quoted: str
    """`{text}`: words of a text, in quotation marks."""
    blanks: Mapping[str, str]
    """What to call signs that cannot be seen; the empty text stands for a deletion."""
    to_translate: str
    failed: str
    """The reason why an engine gave no translation follows."""
    reviewed: str
    machine: str
    """The text is a machine's, nobody has looked."""
    from_memory: str
    """`{score}`: the memory's text was made for a similar sentence; what differs in it follows."""
    known: str
    """The memory's text was approved for this very sentence."""
    changed: str
    """The source was rewritten since the last review; what differs follows."""
    suggestion: str
    """The former translation follows."""
    other: str
    """What a second engine says follows."""
    terms: str
    quotation: str
    comment: str
    """`{person}`: an earlier comment that waits for an answer follows."""
    comment_unsigned: str
    """The same where nobody knows whose it is."""
    kinds: Mapping[str, str]
    """What a text is, by its kind, where that is no matter of course."""

    def language(self, tag: str) -> str:
        """Return the name of a language, or its tag where it has none here."""
        return self.languages.get(tag.partition("-")[0], tag)


def review_words(tag: str) -> ReviewWords:
    """Return the words in the language of a BCP 47 tag whose locale exists."""
    from pipeline.locales.review_words_de import GERMAN
    from pipeline.locales.review_words_fr import FRENCH

    return {"de": GERMAN, "fr": FRENCH}[tag.partition("-")[0]]
