"""How operations are declared, and how their JSON is read."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja import Router, Status
from ninja.parser import Parser

from tallystick.api.problems import Problem

REFUSALS = {status: Problem for status in (400, 401, 403, 404, 409, 413, 422, 429)}
"""The answers that any operation may give instead of its own."""

Declared = Callable[[Any], Any]


class Operations(Router):
    """
    The operations of one noun.

    `name` is what the registry calls the operation, after "api:"; it names the address and the
    operation in the OpenAPI description alike.
    """

    def reads(self, path: str, name: str, gives: Any) -> Declared:
        """Declare an operation that changes nothing."""
        answers = {200: gives, **REFUSALS}
        return self.get(path, response=answers, **_named(name))

    def gives_file(self, path: str, name: str, kind: str) -> Declared:
        """Declare an operation that answers with a file of a media type."""
        text = {"description": "OK", "content": {kind: {"schema": {"type": "string"}}}}
        described = {"responses": {200: text}}
        return self.get(path, response=REFUSALS, openapi_extra=described, **_named(name))

    def acts(self, path: str, name: str, gives: Any, status: int = 200) -> Declared:
        """Declare an operation that calls one action; `status` 201 where it makes something."""
        answers = {status: gives, **REFUSALS}
        declare = self.post(path, response=answers, **_named(name))

        def declared(function: Callable[..., Any]) -> Any:
            @wraps(function)
            def answered(*arguments: Any, **named: Any) -> Status[Any]:
                return Status(status, function(*arguments, **named))

            return declare(answered)

        return declared


def _named(name: str) -> dict[str, Any]:
    return {
        "url_name": name,
        "operation_id": name,
        "summary": name.replace("_", " ").capitalize(),
        "by_alias": True,
    }


class StrictParser(Parser):
    """JSON as the standard has it: no NaN, and no text that a database cannot keep."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's values; any exception becomes "cannot be read"."""
        values = json.loads(request.body, parse_constant=_no_number)
        # Lone surrogates are no text in any encoding; PostgreSQL keeps no NUL.
        if "\0" in _texts(values).encode().decode():
            raise ValueError("a text contains NUL")
        return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _texts(values: Any) -> str:
    if isinstance(values, dict):
        return "".join(_texts(key) + _texts(value) for key, value in values.items())
    if isinstance(values, list):
        return "".join(map(_texts, values))
    return values if isinstance(values, str) else ""
