"""The OpenAPI description -> a page that people read: operations by noun, and their shapes."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

Schema = Mapping[str, Any]
_LISTED = re.compile(r"Listed_(\w+)_")
_REFERENCE = re.compile(r"#/components/schemas/(\w+)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a kind's words; `shape` names the shape that it links to, if any."""

    text: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of a shape."""

    name: str
    kind: tuple[Piece, ...]
    needed: bool
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    name: str
    noun: str
    method: str
    path: str
    paragraphs: tuple[str, ...]
    parameters: tuple[Field, ...]
    takes: tuple[Piece, ...]
    status: str
    gives: tuple[Piece, ...]

    @property
    def steps(self) -> list[str]:
        """Return the path in steps, between which a line may break."""
        return [f"/{step}" for step in self.path.strip("/").split("/")]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object that operations take or give."""

    name: str
    paragraphs: tuple[str, ...]
    fields: tuple[Field, ...]


class Reference(DocsBase):
    """The interface's own page, made of the product's components."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Show every operation and every shape."""
        return render(request, "api/reference.html", _described(api))


@cache
def _described(api: NinjaAPI) -> Mapping[str, Any]:
    schema = api.get_openapi_schema()
    nouns: dict[str, list[Operation]] = {}
    for operation in _operations(schema):
        nouns.setdefault(operation.noun, []).append(operation)
    return {"nouns": list(nouns.items()), "shapes": _shapes(schema)}


def _operations(schema: Schema) -> Iterator[Operation]:
    shapes = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            status, answer = next(iter(told["responses"].items()))
            yield Operation(
                name=told["operationId"],
                noun=told["tags"][0],
                method=method.upper(),
                path=path,
                paragraphs=_paragraphs(told),
                parameters=tuple(_parameter(each, shapes) for each in told["parameters"]),
                takes=_content(told.get("requestBody", {}), shapes),
                status=str(status),
                gives=_content(answer, shapes),
            )


def _paragraphs(told: Schema) -> tuple[str, ...]:
    """Return a docstring as paragraphs, without the marks of the source."""
    text = told.get("description", "").replace("`", "")
    return tuple(" ".join(each.split()) for each in text.split("\n\n") if each.strip())


def _parameter(told: Schema, shapes: Schema) -> Field:
    kind = tuple(_kind(told["schema"], shapes))
    return Field(told["name"], kind, told["required"], told.get("description", ""))


def _content(told: Schema, shapes: Schema) -> tuple[Piece, ...]:
    for media, content in told.get("content", {}).items():
        kind = _kind(content["schema"], shapes)
        if media == "multipart/form-data":
            names = ", ".join(content["schema"]["properties"])
            return (Piece(f"a multipart form: {names}"),)
        return tuple(kind)
    return ()


def _shapes(schema: Schema) -> list[Shape]:
    shapes = schema["components"]["schemas"]
    # Query parameters are described as a shape too, which nothing refers to.
    named = set(_REFERENCE.findall(json.dumps(schema)))
    return [
        Shape(name, _paragraphs(told), tuple(_fields(told, shapes)))
        for name, told in sorted(shapes.items())
        if told.get("type") == "object" and name in named and not _LISTED.fullmatch(name)
    ]


def _fields(told: Schema, shapes: Schema) -> Iterator[Field]:
    needed = set(told.get("required", ()))
    for name, field in told.get("properties", {}).items():
        kind = tuple(_kind(field, shapes))
        yield Field(name, kind, name in needed, field.get("description", ""))


def _kind(told: Schema, shapes: Schema) -> Iterator[Piece]:
    """Yield the words for a kind of value, with links to shapes."""
    choices = told.get("anyOf") or told.get("oneOf") or told.get("allOf")
    if "$ref" in told:
        yield from _named(told["$ref"].rsplit("/", 1)[-1], shapes)
    elif choices:
        for number, choice in enumerate(choices):
            yield from ([Piece(" or ")] if number else [])
            yield from _kind(choice, shapes)
    elif told.get("type") == "array":
        yield Piece("list of ")
        yield from _kind(told.get("items", {}), shapes)
    else:
        yield Piece(_plain(told))


def _named(name: str, shapes: Schema) -> Iterator[Piece]:
    values = shapes[name].get("enum")
    if listed := _LISTED.fullmatch(name):
        yield Piece("a page of ")
        name = listed[1]
    yield Piece(" | ".join(map(str, values))) if values else Piece(name, shape=name)


def _plain(told: Schema) -> str:
    if "enum" in told:
        return " | ".join(map(str, told["enum"]))
    kind = str(told.get("format") or told.get("type", "any value"))
    words = {"string": "text", "integer": "whole number", "object": "document", "binary": "file"}
    most = f", at most {told['maxLength']:,} characters" if "maxLength" in told else ""
    bounds = [f"{told[key]:,}" for key in ("minimum", "maximum") if key in told]
    return words.get(kind, kind) + most + (f" {' to '.join(bounds)}" if len(bounds) == 2 else "")
