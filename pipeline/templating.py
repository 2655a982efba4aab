"""Templates: where they are, and how they are filled in. An office's own come before the packaged ones."""

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import CommuniqueError, ConfigError

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment, Undefined


def packaged_templates() -> Path:
    """Return the folder of the packaged templates: in the wheel inside the package, in a checkout beside it."""
    here = Path(__file__).parent
    installed = here / "_templates"
    return installed if installed.is_dir() else here.parent / "templates"


def environment(folders: Sequence[Path]) -> "Environment":
    """Return the environment for templates in `folders`, the first folder first.

    Templates are an office's own work and their values other people's text: names that do not exist are errors,
    everything is escaped, and a template reaches nothing but what it is given.
    """
    from jinja2 import FileSystemLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=_undefined(),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill(templates: "Environment", name: str, **values: object) -> str:
    """Return the template `name` filled in with `values`.

    Raises:
        ConfigError: the template, or one that it takes in, is missing or wrong; file, line and the missing name are
            told.
    """
    import jinja2

    try:
        return templates.get_template(name).render(**values)
    except CommuniqueError:
        raise  # of what a value is made from, not of the template
    except jinja2.TemplateSyntaxError as error:
        place = f"templates/{error.name or name}:{error.lineno}"
        raise ConfigError(f"{place}: is not a valid template: {error.message}") from None
    except jinja2.TemplateNotFound as error:
        asking = _place(error, templates.loader)
        message = f"{asking}: asks for it; put it there" if asking else "reinstall the program or put it there"
        raise ConfigError(f"templates/{error.name}: is missing; {message}") from None
    except UnicodeDecodeError as error:
        asking = _place(error, templates.loader)
        which = f"{asking}: takes in a file that" if asking else f"templates/{name}:"
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{which} is not UTF-8 in line {line}; save it as UTF-8") from None
    except RecursionError as error:
        place = _place(error, templates.loader) or f"templates/{name}"
        raise ConfigError(f"{place}: goes in a circle: a template or macro that takes in itself") from None
    except Exception as error:  # a template computes what it likes, and so fails with any kind of error
        place = _place(error, templates.loader) or f"templates/{name}"
        raise ConfigError(f"{place}: {error}") from None


def _undefined() -> "type[Undefined]":
    """Return what stands for a name that does not exist: an error in words of those who write templates."""
    from jinja2 import StrictUndefined
    from jinja2.utils import missing

    class Unknown(StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            name, owner = self._undefined_name, self._undefined_obj
            if self._undefined_hint:
                return self._undefined_hint
            if owner is missing:
                return f"“{name}” is not defined"
            known = [item for item in dir(owner) if not item.startswith("_")]
            near = difflib.get_close_matches(str(name), known, n=1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            return f"“{name}” is not defined for {type(owner).__name__}{hint}"

    return Unknown


def _place(error: Exception, loader: "BaseLoader | None") -> str:
    """Return `templates/FILE:LINE`, where `error` came up, or nothing where no template was being filled in.

    The engine puts the lines of templates into the traceback; the innermost one is meant.
    """
    from jinja2 import FileSystemLoader

    folders = loader.searchpath if isinstance(loader, FileSystemLoader) else []
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        for folder in folders:
            if file.is_relative_to(folder):
                place = f"templates/{file.relative_to(folder).as_posix()}:{trace.tb_lineno}"
                break
        trace = trace.tb_next
    return place
