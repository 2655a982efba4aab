"""Every error this product raises on purpose.

    CommuniqueError                  caught once, in `cli`; its text is what a person reads
    ├── ConfigError                  communique.toml says something we cannot follow
    ├── FormatError(path, line)      a file is not what its name or place promises
    ├── WorkspaceError               a folder or file cannot be found, read, written or locked
    ├── GateError(reasons)           the rules forbid the step: not approved, under embargo, unreviewed …
    ├── FontError                    no font on the letterhead has a sign that the text uses
    └── EngineError                  a program or service outside this one failed
        ├── TranslationError(kind)   … while translating
        ├── PdfError                 … while making a PDF
        ├── SealError                … while sealing
        └── DeliveryError(lasting)   … while sending mail

A message says what happened, where, and what to do next, in one line. It never quotes a secret, and quotes
text of a release only by position. Exit codes follow the class: 1 for a gate, 3 for an engine, 2 for the rest.
"""

from enum import StrEnum
from pathlib import Path


class CommuniqueError(Exception):
    """Base of all; `exit_code` is what the command line returns for it."""

    exit_code = 2


class ConfigError(CommuniqueError):
    """A setting is missing, unknown or of the wrong kind."""


class FormatError(CommuniqueError):
    """A file cannot be read as what it should be.

    Args:
        message: what is wrong and what to do next.
        path: the file, as the user named it; `-` for standard input.
        line: 1-based line, where the format has lines.
    """

    def __init__(self, message: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(place + message)
        self.path = path
        self.line = line


class WorkspaceError(CommuniqueError):
    """A release, folder or file of the workspace cannot be found, read, written or locked."""


class GateError(CommuniqueError):
    """A rule forbids the step.

    Args:
        message: the rule, and what to do.
        reasons: one line for each thing that stands in the way.
    """

    exit_code = 1

    def __init__(self, message: str, *, reasons: tuple[str, ...] = ()) -> None:
        super().__init__(message + "".join(f"\n  - {reason}" for reason in reasons))
        self.reasons = reasons


class FontError(CommuniqueError):
    """No font of the template has a character of the text; raised instead of printing an empty box."""


class EngineError(CommuniqueError):
    """A program or service outside this one failed."""

    exit_code = 3


class TranslationFault(StrEnum):
    """Why a translation failed, as far as it decides what to do next."""

    UNREACHABLE = "unreachable"
    """No connection, or it broke: try again, then give the engine up for this run."""
    BUSY = "busy"
    """The service asks to slow down (429, 503): try again later, then give the engine up for this run."""
    REFUSED = "refused"
    """The service answered, but not with a translation of this text: other texts may still work."""


class TranslationError(EngineError):
    """An engine could not translate a text. Never carries the text, a URL or a key.

    Args:
        message: one line a person understands.
        fault: what kind of failure it was.
    """

    def __init__(self, message: str, *, fault: TranslationFault) -> None:
        super().__init__(message)
        self.fault = fault


class PdfError(EngineError):
    """The PDF could not be made."""


class SealError(EngineError):
    """A file could not be sealed, or its seal not be checked on this machine. Never carries a password or PIN."""


class DeliveryError(EngineError):
    """The mail server cannot be reached or used. Never carries a password.

    Args:
        message: one line a person understands.
        lasting: trying again without a change makes no sense: a wrong password, a certificate nobody trusts.
    """

    def __init__(self, message: str, *, lasting: bool) -> None:
        super().__init__(message)
        self.lasting = lasting
