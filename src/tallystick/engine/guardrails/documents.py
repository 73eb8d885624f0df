"""Faults of a document -> one refusal with path, near word and remedy."""

import types
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from tallystick.engine.refusals import Refusal

Location = Sequence[int | str]


class DocumentFaulty(Refusal):
    """A document does not follow its format."""

    code = "document.faulty"


def contradiction(message: str, *, at: str = "", remedy: str) -> PydanticCustomError:
    """Return the fault for a validator to raise; `at` is the path below the validated part."""
    return PydanticCustomError(
        "contradiction", "{said}", {"said": message, "at": at, "remedy": remedy}
    )


def path_of(location: Location) -> str:
    """Return a location as a path: `objectives[0].baseline`."""
    path = ""
    for step in location:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else step
    return path


def named_keys(document: Any) -> Any:
    """Return a document in which the key `on` is text again: YAML 1.1 reads it as "yes"."""
    if isinstance(document, dict):
        return {
            "on" if key is True else key: named_keys(each)
            if isinstance(each, dict | list)  # most values are neither: spare the call
            else each
            for key, each in document.items()
        }
    return [named_keys(each) for each in document] if isinstance(document, list) else document


def near_word(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` most likely stands for, if one is close."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.75)
    return near[0] if near else None


def refuse(
    kind: type[DocumentFaulty], problem: ValidationError, model: type[BaseModel], document: Any
) -> DocumentFaulty:
    """Return the refusal of a document for its gravest fault: unknown keys first, then order."""
    faults = problem.errors(include_url=False)
    first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
    others = len(faults) - 1
    message, remedy = _words(first, model)
    more = f" ({others} more fault{'s' if others > 1 else ''})" if others else ""
    place = ".".join(filter(None, [path_of(_shown(first["loc"], document)), _below(first)]))
    return kind(message + more, place=place, remedy=remedy)


def _below(fault: ErrorDetails) -> str:
    return str(fault.get("ctx", {}).get("at", ""))


def _words(fault: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Return what is wrong and what to do about it."""
    key = str(fault["loc"][-1]) if fault["loc"] else "the document"
    facts = fault.get("ctx", {})
    match fault["type"]:
        case "contradiction":
            return fault["msg"], facts["remedy"]
        case "extra_forbidden":
            return _unknown_key(key, _keys_at(model, fault["loc"][:-1]))
        case "missing":
            return f"'{key}' is missing", f"Add '{key}'."
        case "enum" | "literal_error":
            return _unknown_value(key, fault["input"], str(facts["expected"]))
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}", "Correct the value at this place."


def _unknown_value(key: str, value: Any, expected: str) -> tuple[str, str]:
    choices = expected.replace("'", "").replace(" or ", ", ").split(", ")
    near = near_word(str(value), choices)
    hint = f"Did you mean '{near}'? " if near else ""
    return f"{str(value)[:40]!r} is not a known {key}", f"{hint}Use one of: {', '.join(choices)}."


def _unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    near = near_word(key, known)
    if near:
        return f"'{key}' is not a known key", f"Did you mean '{near}'?"
    return f"'{key}' is not a known key", f"Remove it, or use one of: {', '.join(known)}."


def _shown(location: Location, document: Any) -> list[int | str]:
    """Return the location without the steps that name a branch of the format, not of the file."""
    shown: list[int | str] = []
    here = document
    for number, step in enumerate(location):
        if isinstance(here, list) and isinstance(step, int):
            here = here[step] if step < len(here) else None
        elif isinstance(here, dict) and (step in here or number == len(location) - 1):
            here = here.get(step)
        else:
            continue
        shown.append(step)
    return shown


def _keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that the format knows at a location."""
    here: Any = model
    for step in location:
        here = _step(here, step)
    inner = _model_in(here)
    return _names(inner) if inner else []


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _step(here: Any, step: int | str) -> Any:
    model = _model_in(here)
    if model is None or isinstance(step, int):
        return here
    fields = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    return fields.get(step, here)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as `list[Model] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, tuple, dict, Union, types.UnionType, Annotated}:
        found = (_model_in(part) for part in get_args(annotation))
        return next((model for model in found if model), None)
    return None
