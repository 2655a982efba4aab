"""YAML front matter to plain mappings with line numbers, and back.

Every scalar stays the text that was written: a title `No` is no truth value and a number `012` keeps its zero.
What a value must be is decided where it is asked for (`pipeline.fields`).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.errors import FormatError

if TYPE_CHECKING:
    import yaml

MAX_CHARACTERS = 64_000
MAX_DEPTH = 6

_NULLS = ("", "~", "null")

KeyPath: TypeAlias = tuple[str | int, ...]


def load_mapping(
    text: str, *, path: Path | str | None, first_line: int
) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """Return the mapping in `text` and the line of each key path.

    Args:
        text: YAML without its `---` lines.
        path: the file, for errors.
        first_line: 1-based line of the file on which `text` starts.

    Raises:
        FormatError: not YAML, not a mapping, a key twice, anchors or aliases, too long or too deep.
    """
    import yaml

    if len(text) > MAX_CHARACTERS:
        raise FormatError(
            f"the front matter is longer than {MAX_CHARACTERS} characters", path=path, line=first_line
        )
    try:
        for token in yaml.scan(text):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                line = first_line + token.start_mark.line
                message = "front matter has no anchors, aliases or tags; put the text in quotation marks"
                raise FormatError(message, path=path, line=line)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise FormatError(_plain_words(error), path=path, line=line) from None
    except (yaml.YAMLError, RecursionError):
        message = "the front matter holds characters or nesting that YAML does not allow"
        raise FormatError(message, path=path, line=first_line) from None
    if root is None:
        return {}, {}
    reader = _Reader(path, first_line)
    if not isinstance(root, yaml.MappingNode):
        raise FormatError("the front matter must be lines such as “title: …”", path=path, line=first_line)
    return reader.mapping(root, ()), reader.lines


def _plain_words(error: "yaml.MarkedYAMLError") -> str:
    problem = error.problem or error.context or "cannot be read"
    if "\\t" in problem:
        return "a line of the front matter begins with a tab; use spaces"
    if "mapping values are not allowed" in problem:
        return "the text holds “: ”; put the whole value in quotation marks"
    return f"the front matter is not valid YAML: {problem}"


class _Reader:
    """Turns nodes into plain values and notes their lines."""

    def __init__(self, path: Path | str | None, first_line: int) -> None:
        self.path = path
        self.first_line = first_line
        self.lines: dict[KeyPath, int] = {}

    def mapping(self, node: "yaml.MappingNode", at: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.first_line + key_node.start_mark.line
            key = key_node.value
            if not isinstance(key, str):
                raise FormatError("a key must be a single word", path=self.path, line=line)
            if key in data:
                message = f"“{key}” stands here a second time; keep one of the two"
                raise FormatError(message, path=self.path, line=line)
            self.lines[(*at, key)] = line
            data[key] = self.value(value_node, (*at, key))
        return data

    def value(self, node: "yaml.Node", at: KeyPath) -> Any:
        import yaml

        if len(at) > MAX_DEPTH:
            message = "the front matter is nested too deeply"
            raise FormatError(message, path=self.path, line=self.first_line + node.start_mark.line)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self.lines[(*at, index)] = self.first_line + item.start_mark.line
            return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULLS:
            return None
        return node.value


def dump_mapping(data: Mapping[str, Any]) -> str:
    """Return `data` (texts, None, lists and mappings) as block YAML, keys in the order given."""
    import yaml

    # The base dumper knows no implicit types: dates and numbers, which we read as text, need no quotation marks.
    return str(yaml.serialize(_node(data), Dumper=yaml.BaseDumper, allow_unicode=True, width=10**6))


def _node(value: Any) -> "yaml.Node":
    import yaml

    if isinstance(value, Mapping):
        pairs = [(_node(key), _node(item)) for key, item in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(value, list | tuple):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node(item) for item in value], flow_style=False)
    if value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:str", "", style="")
    return yaml.ScalarNode("tag:yaml.org,2002:str", value, style="'" if value in _NULLS else None)
