"""YAML and JSON documents -> plain values; what cannot be read is refused by place."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from tallystick.engine.refusals import Refusal


class DocumentUnreadable(Refusal):
    """The file is not YAML or JSON, or not text."""

    code = "document.unreadable"


class DuplicateKey(Refusal):
    """One key stands twice; YAML would silently keep the last."""

    code = "document.duplicate-key"


class _StrictLoader(yaml.SafeLoader):
    """YAML that refuses a key given twice, and in which `on` is a word, as in YAML 1.2."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool"]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Refuse aliases: a few lines of them can stand for more than any memory holds."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(
                None, None, "it refers to another place with *; write the value out", mark
            )
        return super().compose_node(parent, index)

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Name the line of a value that looks like a day or a number and is none."""
        try:
            return super().construct_object(node, deep)
        except ValueError as problem:
            raise yaml.constructor.ConstructorError(
                None, None, f"{str(node.value)[:40]!r} cannot be read: {problem}", node.start_mark
            ) from problem


def _no_duplicates(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(
                None, None, "a list or a mapping cannot be a key", key_node.start_mark
            )
        if key in seen:
            line = key_node.start_mark.line + 1
            raise DuplicateKey(
                f"the key {key!r} is given twice",
                place=f"line {line}",
                remedy="Keep one of the two.",
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _no_duplicates)


def parse_document(text: str, name: str) -> Any:
    """
    Return the plain value of a YAML or JSON text.

    Raises:
        DocumentUnreadable, DuplicateKey: with the line.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506  (a SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise DocumentUnreadable(
            f"{name} is not valid YAML: {problem.problem or problem.context}",
            place=f"{name}, line {line}",
            remedy="Mend the line; quote texts that contain a colon.",
        ) from problem
    except RecursionError as problem:
        raise DocumentUnreadable(
            f"{name} is nested too deeply",
            place=name,
            remedy="Write it with fewer levels; no format needs more than ten.",
        ) from problem
    except yaml.YAMLError as problem:
        raise DocumentUnreadable(
            f"{name} holds characters that YAML does not allow",
            place=name,
            remedy="Save the file as plain UTF-8 text.",
        ) from problem


def read_document(path: Path) -> Any:
    """
    Return the plain value of a YAML or JSON file.

    Raises:
        DocumentUnreadable, DuplicateKey
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise DocumentUnreadable(
            f"{path.name} is not UTF-8 text (byte {problem.start + 1})",
            place=str(path),
            remedy="Save the file as UTF-8.",
        ) from problem
    return parse_document(text, path.name)
