"""Every record declares its audience; without one, a test fails and reading raises."""

import pytest
from django.apps import apps

from tallystick.records.audience import Audience, ClientPrivate, Record

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
FOREIGN = {
    "auth",
    "contenttypes",
    "sessions",
    "account",
    "django_tasks_db",
    "django_tasks_database",
}


def test_every_stored_noun_of_ours_is_a_record() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label == "records"]

    assert ours
    assert [model for model in ours if not issubclass(model, Record)] == []


def test_tables_of_others_come_only_from_known_packages() -> None:
    labels = {model._meta.app_label for model in apps.get_models()}

    assert labels - {"records"} <= FOREIGN


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_record_declares_its_audience(model: type[Record]) -> None:
    declared = model.audience

    assert isinstance(declared, Audience)
    assert model.visibility.__func__ is not Record.visibility.__func__  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_client_private_records_live_in_tables_of_their_own(model: type[Record]) -> None:
    private = issubclass(model, ClientPrivate)

    assert private == (model.audience in {Audience.CLIENT_PRIVATE, Audience.OWN_UNTIL_CLOSED})
    assert not any(
        field.name in {"is_private", "private", "internal"} for field in model._meta.get_fields()
    )


def test_a_record_without_an_audience_cannot_be_read() -> None:
    with pytest.raises(NotImplementedError, match="declares no audience"):
        Record.visibility(None)  # type: ignore[arg-type]
