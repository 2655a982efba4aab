"""What a person rejected is not proposed again."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.model.bitext import Bitext, Segment
from pipeline.model.formers import formers
from pipeline.model.inline import plain
from pipeline.model.wording import wording


@dataclass(frozen=True, slots=True)
class Rejections:
    """The texts that people rejected for one segment."""

    people: Mapping[str, str]
    """Who rejected which `wording`."""

    def __len__(self) -> int:
        return len(self.people)

    def by(self, text: str) -> str | None:
        """Return who rejected `text`, whatever its typography; None if nobody did."""
        return self.people.get(wording(text)) if self.people else None


def rejections(bitext: Bitext, segment: Segment) -> Rejections:
    """Return what was rejected for `segment` or for those whose place it took."""
    edits = (edit for item in (segment, *formers(bitext, segment)) for edit in item.history)
    return Rejections({wording(plain(edit.before)): edit.by for edit in edits if not edit.after})
