"""The REST interface -> its operations: who may reach each, and what it takes and gives."""

import json
from importlib import import_module
from typing import Any

from docpages.tables import NOTE, table
from tallystick.site.registry import OPERATIONS, Reach, Route

PREFIX = "/api"


def description() -> dict[str, Any]:
    """Return the OpenAPI description of the whole interface."""
    api = import_module("tallystick.api.api").api
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX)))
    return found


def openapi_file() -> str:
    """Return docs/reference/schemas/openapi.json."""
    return json.dumps(description(), indent=1) + "\n"


def operations_page() -> str:
    """Return docs/reference/operations.md."""
    described = {
        operation["operationId"]: (method.upper(), path, operation)
        for path, methods in description()["paths"].items()
        for method, operation in methods.items()
    }
    rows = [_row(name, route, described) for name, route in OPERATIONS.items()]
    return f"""{NOTE}
# REST operations

How to call them: [REST interface](rest.md). The whole description, with the shape of every
body: [openapi.json](schemas/openapi.json), or `/api/openapi.json` and `/api/docs` of a running
installation. *Who* is who may know that the operation exists (anyone else gets 404); *duty* is
what the [role](roles.md) must carry, or the answer is 403.

{table(("Operation", "Method and address", "What it does", "Who", "Duty"), rows)}"""


def _row(
    name: str, route: Route, described: dict[str, tuple[str, str, dict[str, Any]]]
) -> tuple[str, ...]:
    short = name.removeprefix("api:")
    method, path, operation = described.get(short) or _own(short)
    words = operation.get("description") or operation.get("summary", "")
    who = "the client" if route.reach is Reach.CLIENT else _who(route)
    duty = route.duty.value if route.duty else ""
    return f"`{short}`", f"`{method} {path}`", words.strip().split("\n\n")[0], who, duty


def _own(name: str) -> tuple[str, str, dict[str, Any]]:
    """Return the two operations that describe the others and so are not in the description."""
    own = {
        "openapi-json": ("GET", f"{PREFIX}/openapi.json", {"summary": "The OpenAPI description."}),
        "openapi-view": ("GET", f"{PREFIX}/docs", {"summary": "The description, to read and try."}),
    }
    if name not in own:
        raise LookupError(f"the registry names the operation {name}; the interface has none")
    return own[name]


def _who(route: Route) -> str:
    return "a provider" if route.reach is Reach.PROVIDER else "both parties"
