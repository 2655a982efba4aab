"""What reviews did to the drafts of a release, or of all."""

from pipeline import locales
from pipeline.model.inline import plain
from pipeline.model.report import ReviewReport, ReviewSummary
from pipeline.runner.languages import stand
from pipeline.stages.report.report import report, summary
from pipeline.workspace import Workspace


def report_review(workspace: Workspace, release_id: str, target: str) -> ReviewReport:
    """Return what became of the drafts of one translation; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged.
    """
    standing = stand(workspace, release_id)
    return report(
        standing.bitext(target),
        locales.get(target),
        workspace.log(release_id).entries(),
        title=plain(standing.release.title),
    )


def report_reviews(workspace: Workspace, target: str) -> ReviewSummary:
    """Return what became of the drafts of all translations into one language; nothing is written.

    Raises:
        CommuniqueError: a file is missing or damaged.
    """
    return summary(report_review(workspace, name, target) for name in workspace.release_ids())
