"""A release beside its translations, as they stand now."""

from dataclasses import dataclass

from pipeline import locales
from pipeline.model.bitext import Bitext
from pipeline.model.digest import is_approved
from pipeline.model.release import Release
from pipeline.stages.segment import segment
from pipeline.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A release and its bitexts, each segmented from the source as it stands, in the order of the settings."""

    release: Release
    bitexts: tuple[Bitext, ...]

    def bitext(self, target: str) -> Bitext:
        """Return the bitext into `target`."""
        return next(item for item in self.bitexts if item.target_locale == target)

    def approved(self, target: str) -> bool:
        """Return whether a person answers for source and translation exactly as they stand."""
        return is_approved(self.release, self.bitext(target))

    def all_approved(self) -> bool:
        """Return whether every language is approved."""
        return all(self.approved(item.target_locale) for item in self.bitexts)


def stand(workspace: Workspace, release_id: str) -> Standing:
    """Load a release and bring its bitexts in step with its source; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged, or a language has no locale.
    """
    release = workspace.load_release(release_id)
    source = locales.get(release.language)
    abbreviations = office_abbreviations(workspace)
    bitexts = tuple(
        segment(
            release,
            target=locales.get(target).tag,
            split=lambda text: source.sentences(text, abbreviations),
            previous=workspace.load_bitext(release_id, target),
        )
        for target in workspace.settings.target_locales
    )
    return Standing(release=release, bitexts=bitexts)


def office_abbreviations(workspace: Workspace) -> frozenset[str]:
    """Return the abbreviations of the source language, from the office's list or the packaged one."""
    from pipeline.locales.sentences import parse_abbreviations

    language = workspace.settings.source_locale.partition("-")[0]
    text = workspace.template(f"lists/abbreviations.{language}.txt").decode("utf-8-sig", errors="replace")
    return parse_abbreviations(text)
