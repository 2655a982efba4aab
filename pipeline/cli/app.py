"""The top of the command line. Commands are found by name and imported only when one is run."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click

from pipeline import __version__

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "init": ("pipeline.cli.workspace:init", "Make a fresh workspace in a folder."),
        "new": ("pipeline.cli.intake:new", "Make an empty release to write in."),
        "import": ("pipeline.cli.intake:import_", "Take in a text, web page or Word file."),
        "draft": ("pipeline.cli.drafting:draft", "Translate what is missing: memory first, then engines."),
        "check": ("pipeline.cli.checking:check", "Find what may be wrong with a translation."),
        "waive": ("pipeline.cli.checking:waive", "Let a finding of a check stand, with a reason."),
        "typography": ("pipeline.cli.typography:typography", "Show, set or take back typographic changes."),
        "review": ("pipeline.cli.review:review", "Send to reviewers, take in, correct and accept."),
        "approve": ("pipeline.cli.decisions:approve", "Answer for a release by name."),
        "build": ("pipeline.cli.publishing:build", "Make PDF and DOCX in every language."),
        "preview": ("pipeline.cli.preview:preview", "Show all pages of a release side by side, as one picture."),
        "bundle": ("pipeline.cli.publishing:bundle", "Pack a release into one verifiable ZIP."),
        "verify": ("pipeline.cli.verifying:verify", "Check bundles and sealed PDFs, offline."),
        "correct": ("pipeline.cli.revising:correct", "Publish a release once more, corrected."),
        "withdraw": ("pipeline.cli.revising:withdraw", "Take a published release back."),
        "changes": ("pipeline.cli.revising:changes", "Show in what a version differs from the one before."),
        "site": ("pipeline.cli.newsroom:site", "Write the newsroom: a static site of everything published."),
        "send": ("pipeline.cli.mailing:send", "Mail a release, once to everybody; without --send, a rehearsal."),
        "deliveries": ("pipeline.cli.deliveries:deliveries", "Who got a release by mail, and what is not known."),
        "bounces": ("pipeline.cli.deliveries:bounces", "Take in mail that came back."),
        "run": ("pipeline.cli.whole:run", "From an input file to a bundle in one go."),
        "memory": ("pipeline.cli.memory:memory", "Search, import and export the translation memory."),
        "terms": ("pipeline.cli.terms:terms", "Search, check, import and export the termbase."),
        "recipients": (
            "pipeline.cli.recipients:recipients",
            "Whom releases are mailed to: import, export, objections.",
        ),
        "models": ("pipeline.cli.models:models", "Install, list, verify and remove offline models."),
        "templates": ("pipeline.cli.templates:templates", "List the templates, and take some over as your own."),
        "status": ("pipeline.cli.overview:status", "Show every release and where it stands."),
        "log": ("pipeline.cli.audit:log", "Show who did what to a release."),
        "doctor": ("pipeline.cli.overview:doctor", "Check programs, fonts and translation services."),
    }
)
"""Each command, in the order of a release's way: where its code is, and what it does in one line."""


class LazyGroup(click.Group):
    """A group that lists its commands without importing them, so that `--help` costs nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the command names in the order of a release's way."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's)
        """Import and return a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` name; an unknown one is refused with the nearest known name."""
        import difflib

        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean “{near[0]}”?" if near else "“communique --help” lists all."
            ctx.fail(f"There is no command “{args[0]}”; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's)
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="communique")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="COMMUNIQUE_WORKSPACE",
    default=".",
    help="Folder of the workspace, or one inside it. Default: the current folder.",
)
@click.pass_context
def cli(ctx: click.Context, workspace: Path) -> None:
    """Press releases in several languages, from a draft to a verified bundle.

    \b
    Example: from an article to PDF, DOCX and ZIP in all languages
      communique run article.txt
    """
    ctx.obj = workspace
