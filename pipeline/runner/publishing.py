"""From a text to files: PDF and DOCX in every language, and the bundle of them all."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.runner.press import Press
from pipeline.runner.stamp import BILINGUAL, fingerprint, is_current, write_stamp
from pipeline.workspace import Workspace
from pipeline.workspace.files import write_bytes

if TYPE_CHECKING:
    from pipeline.formats.picture import Prepared
    from pipeline.model.edition import Edition
    from pipeline.model.release import Release
    from pipeline.runner.languages import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The built files of a release."""

    release: str
    files: tuple[Path, ...]
    rendered: bool
    """False where everything was up to date already."""
    notes: tuple[str, ...] = ()
    """What was changed in its pictures that can be seen, a sentence each."""


def build_release(workspace: Workspace, release_id: str, press: Press, advance: Callable[[], None]) -> Built:
    """Make PDF and DOCX of a release in every language, unless they are there and up to date.

    Args:
        workspace: where the release is.
        release_id: which one.
        press: shared between releases.
        advance: called after each file.

    Raises:
        CommuniqueError: a file is missing or damaged, a sign has no glyph, the PDF cannot be made.
    """
    files = files_of(workspace, release_id)
    if is_current(workspace, release_id):
        return Built(release=release_id, files=files, rendered=False)
    from pipeline.runner.languages import stand
    from pipeline.runner.news import news_records

    with workspace.lock(release_id):
        inputs = fingerprint(workspace, release_id)
        standing = stand(workspace, release_id)
        pictures = prepared_pictures(workspace, standing.release)
        pages = tuple(editions(workspace, standing, pictures))
        records = news_records(standing, pages)
        for edition in pages:
            language = edition.release.language
            base = workspace.dist(release_id) / f"{release_id}.{language}"
            write_bytes(base.with_name(f"{base.name}.pdf"), press.pdf(edition, records[language]))
            advance()
            write_bytes(base.with_name(f"{base.name}.docx"), press.docx(edition))
            advance()
        write_stamp(workspace, release_id, inputs, files)
    notes = tuple(note for picture in pictures for note in picture.notes)
    return Built(release=release_id, files=files, rendered=True, notes=notes)


def build_bilingual(workspace: Workspace, release_id: str, press: Press, advance: Callable[[], None]) -> Built:
    """Make one PDF for each translation, with the source beside it, unless they are there and up to date.

    Args:
        workspace: where the release is.
        release_id: which one.
        press: shared between releases.
        advance: called after each file.

    Raises:
        CommuniqueError: as for `build_release`, or source and translation do not match.
    """
    files = bilingual_files(workspace, release_id)
    if is_current(workspace, release_id, BILINGUAL):
        return Built(release=release_id, files=files, rendered=False)
    from pipeline.runner.languages import stand
    from pipeline.runner.news import news_records

    with workspace.lock(release_id):
        inputs = fingerprint(workspace, release_id)
        standing = stand(workspace, release_id)
        source, *targets = editions(workspace, standing)
        records = news_records(standing, (source, *targets))
        for target, path in zip(targets, files, strict=True):
            pair = [records[page.release.language] for page in (source, target)]
            write_bytes(path, press.bilingual(source, target, pair))
            advance()
        write_stamp(workspace, release_id, inputs, files, BILINGUAL)
    return Built(release=release_id, files=files, rendered=True)


def bilingual_files(workspace: Workspace, release_id: str) -> tuple[Path, ...]:
    """Return the files that `build_bilingual` makes, whether they are there or not."""
    settings, folder = workspace.settings, workspace.dist(release_id)
    return tuple(
        folder / f"{release_id}.{settings.source_locale}-{target}.pdf" for target in settings.target_locales
    )


def prepared_pictures(workspace: Workspace, release: "Release") -> "tuple[Prepared, ...]":
    """Return the pictures of a release as pages show them, in the order of its front matter: none if withdrawn.

    Raises:
        CommuniqueError: one is missing, damaged, too large or hostile.
    """
    from pipeline.formats.picture import prepared

    if release.withdrawn:
        return ()
    return tuple(
        prepared(item.data, f"releases/{release.id}/media/{item.file}") for item in workspace.pictures(release)
    )


def editions(
    workspace: Workspace, standing: "Standing", pictures: "Sequence[Prepared] | None" = None
) -> "Iterator[Edition]":
    """Yield the editions of a release: the source first, then each target in the order of the settings.

    Args:
        workspace: where the release is.
        standing: the release and its translations.
        pictures: as `prepared_pictures` returned them, where a caller has them already.
    """
    from pipeline import locales
    from pipeline.model.edition import Picture
    from pipeline.stages.render import Paper, source_edition, target_edition

    release = standing.release
    pictures = prepared_pictures(workspace, release) if pictures is None else pictures
    media = () if release.withdrawn else release.media
    shown = (Picture(file=item.file, data=picture.data) for item, picture in zip(media, pictures, strict=True))
    paper = Paper(settings=workspace.settings, logo=crest(workspace), pictures=tuple(shown))
    source = locales.get(release.language)
    approvals = [standing.approved(bitext.target_locale) for bitext in standing.bitexts]
    yield source_edition(release, source, paper, approved=any(approvals))
    for bitext, approved in zip(standing.bitexts, approvals, strict=True):
        target = locales.get(bitext.target_locale)
        yield target_edition(release, bitext, (source, target), paper, approved=approved)


def crest(workspace: Workspace) -> bytes | None:
    """Return the office's crest as SVG, checked: a drawing that does more than draw is refused.

    Raises:
        CommuniqueError: it is missing, damaged, too large or hostile.
    """
    from pipeline.formats.picture import prepared

    logo = workspace.logo()
    return None if logo is None else prepared(logo, workspace.settings.office.logo or "").data


def files_of(workspace: Workspace, release_id: str) -> tuple[Path, ...]:
    """Return the files that a build of `release_id` makes, whether they are there or not."""
    settings, folder = workspace.settings, workspace.dist(release_id)
    return tuple(
        folder / f"{release_id}.{language}.{kind}"
        for language in (settings.source_locale, *settings.target_locales)
        for kind in ("pdf", "docx")
    )
