"""Templates: where they are, and how they are filled in. An office's own come before the packaged ones."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from jinja2 import Environment, Template


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
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill(templates: "Environment", name: str, **values: object) -> str:
    """Return the template `name` filled in with `values`.

    Raises:
        ConfigError: the template is missing or wrong; file, line and the missing name are told.
    """
    import jinja2

    try:
        return templates.get_template(name).render(**values)
    except jinja2.TemplateNotFound as error:
        raise ConfigError(f"templates/{error.name}: is missing; reinstall the program or put it there") from None
    except jinja2.TemplateSyntaxError as error:
        place = f"templates/{error.name or name}:{error.lineno}"
        raise ConfigError(f"{place}: is not a valid template: {error.message}") from None
    except jinja2.TemplateError as error:
        line = _line_of(error, templates.get_template(name))
        raise ConfigError(f"templates/{name}{line}: {error.message}") from None


def _line_of(error: Exception, template: "Template") -> str:
    """Return `:LINE` of the template in which `error` came up, as far as it can be told."""
    trace, line = error.__traceback__, ""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == template.filename:
            line = f":{trace.tb_lineno}"
        trace = trace.tb_next
    return line
