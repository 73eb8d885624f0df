"""The OpenAPI description: it names every operation, and no generated request breaks one."""

import gc
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tallystick.api.api import api
from tallystick.site.registry import OPERATIONS
from tests.api.conftest import Stage

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    status_code_conformance,
    response_schema_conformance,
]
EXAMPLES = 12
OWN_PAGES = {"api:openapi-json", "api:openapi-view"}


def the_schema() -> dict[str, Any]:
    """Return the description as the product serves it."""
    return dict(api.get_openapi_schema(path_prefix="/api/"))


def the_operations() -> dict[str, dict[str, Any]]:
    """Return each described operation by its name."""
    return {
        operation["operationId"]: operation
        for operations in the_schema()["paths"].values()
        for operation in operations.values()
    }


def test_the_description_names_what_the_registry_declares() -> None:
    declared = {name.removeprefix("api:") for name in set(OPERATIONS) - OWN_PAGES}

    assert set(the_operations()) == declared


def test_every_operation_is_described_in_words() -> None:
    silent = [name for name, each in the_operations().items() if not each.get("description")]

    assert silent == []


def test_every_object_that_an_operation_takes_refuses_unknown_fields() -> None:
    schemas = the_schema()["components"]["schemas"]
    taken = {
        content["schema"]["$ref"].rsplit("/", 1)[-1]
        for operation in the_operations().values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if "$ref" in content["schema"]
    }

    assert len(taken) > 10
    assert [name for name in taken if schemas[name].get("additionalProperties") is not False] == []


def signed_in(stage: Stage) -> dict[str, dict[str, str]]:
    """Return the cookies and headers of a session of the sourcing lead."""
    program = stage.program()
    token = program.get("/session")["csrf_token"]
    cookies = {each.key: each.value for each in program.client.cookies.values()}
    return {"cookies": cookies, "headers": {"X-CSRFToken": token, "Host": "localhost"}}


def with_real_ids(case: Case, ids: dict[str, str]) -> Case:
    """Return the case for objects that exist, and without a cookie of its own making."""
    case.cookies = {}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = ids[name]
    return case


@pytest.fixture
def collected() -> Iterator[None]:
    """Close what Django leaves to the collector: the file of an upload that breaks off."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_generated_request_gets_an_answer_that_is_not_described(
    stage: Stage, collected: None
) -> None:
    ids, session = stage.ids(), signed_in(stage)
    schema = openapi.from_dict(the_schema())
    schema.app = get_wsgi_application()
    answered: dict[str, set[int]] = {}

    def send(case: Case) -> None:
        with transaction.atomic():
            answer = with_real_ids(case, ids).call(**session)
            transaction.set_rollback(True)
        answered.setdefault(case.operation.label, set()).add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    for operation in schema.get_all_operations():
        generated = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(seed(20260)(given(case=operation.ok().as_strategy())(send)))
        generated()

    read = [label for label, seen in answered.items() if 200 in seen]
    assert len(answered) == len(the_operations())
    assert len(read) > 20
