"""Commands that work on an installation: admit and import."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from django.test import Client

from tallystick.cli.main import main
from tallystick.records.people import Person
from tallystick.records.service_data import Import
from tests.actions.test_signals import OUTAGES, TWO_OPEN, a_mapping
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, PASSWORD, Cast, an_engagement

pytestmark = pytest.mark.django_db

TICKETS = yaml.safe_dump(EVENT_LOG_MAPPING)
OPEN = OUTAGES + TWO_OPEN


def run(*arguments: str, text: str = "") -> Result:
    """Run a command with something on its standard input."""
    return CliRunner().invoke(main, list(arguments), input=text)


def admit(*arguments: str, password: str = PASSWORD) -> Result:
    """Admit Ada; name only what the test is about."""
    usual = ["admit", "Ada", "ada@example.org", "--organisation", "Nordwind Energy"]
    return run(*usual, "--role", "sourcing-lead", *arguments, text=f"{password}\n")


def test_an_admitted_person_can_sign_in() -> None:
    result = admit()

    assert result.exit_code == 0, result.stderr
    answer = Client().post("/sign-in/", {"login": "ada@example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("password", ["", "short", "q1w2e3r4t5y6", "ada@example.org"])
def test_a_weak_password_is_refused(password: str) -> None:
    result = admit(password=password)

    assert result.exit_code == 2
    assert "person.weak-password" in result.stderr
    assert not Person.objects.exists()


def test_an_organisation_is_not_both_client_and_provider() -> None:
    admit()

    result = run(
        "admit", "Dan", "dan@example.org", "--organisation", "Nordwind Energy",
        "--role", "delivery-lead", text=f"{PASSWORD}\n",
    )  # fmt: skip

    assert result.exit_code == 2
    assert "person.side-mismatch" in result.stderr


def importing(
    folder: Path, by: str, *arguments: str, log: str = EVENT_LOG, mapping: str = TICKETS
) -> Result:
    """Import a file, by default the event log, into the engagement named Service desk."""
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    (folder / "log.csv").write_text(log, encoding="utf-8")
    return run(
        "import", str(folder / "log.csv"), "--engagement", "Service desk",
        "--mapping", str(folder / "map.yaml"), "--by", by, *arguments,
    )  # fmt: skip


def test_an_import_says_how_the_rows_balance(cast: Cast, home: Path) -> None:
    an_engagement()

    result = importing(home, cast.cleo.person.email)

    assert result.exit_code == 0, result.stderr
    assert "14 rows read = 14 accepted + 0 rejected + 0 unchanged" in result.stdout


def test_the_second_time_nothing_changes(cast: Cast, home: Path) -> None:
    an_engagement()
    importing(home, cast.cleo.person.email)

    result = importing(home, cast.cleo.person.email)

    assert "0 accepted + 0 rejected + 14 unchanged" in result.stdout
    assert "Nothing changed" in result.stdout


def test_a_dry_run_stores_nothing(cast: Cast, home: Path) -> None:
    an_engagement()

    result = importing(home, cast.cleo.person.email, "--dry-run")

    assert "Dry run: 14 rows read" in result.stdout
    assert not Import.objects.exists()


def test_an_import_and_its_dry_run_name_outages_without_an_end(cast: Cast, home: Path) -> None:
    an_engagement()
    mapping = yaml.safe_dump(a_mapping().document())
    said = "2 outages have no end yet: each counts as down until a later file tells one."

    rehearsed = importing(home, cast.cleo.person.email, "--dry-run", log=OPEN, mapping=mapping)
    imported = importing(home, cast.cleo.person.email, log=OPEN, mapping=mapping)

    assert said in rehearsed.stdout
    assert said in imported.stdout


def test_an_engagement_of_others_is_as_unknown_as_none(cast: Cast, home: Path) -> None:
    an_engagement()

    result = importing(home, cast.dan.person.email)

    assert result.exit_code == 2
    assert "import.unknown-engagement" in result.stderr


def test_nobody_imports_in_the_name_of_a_stranger(home: Path) -> None:
    result = importing(home, "nobody@example.org")

    assert result.exit_code == 2
    assert "import.unknown-person" in result.stderr
