"""A process that is killed in the midst of an act of two parties leaves nothing of it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps

from tallystick.actions import (
    attest_statement,
    claim_relief,
    dispute_statement,
    issue_statement,
    proposals,
    propose_agreement,
    record_agreement,
    sign_agreement,
)
from tallystick.records.statements import Statement
from tests.actions.test_answers import a_dispute
from tests.actions.test_measure_and_state import a_statement
from tests.actions.test_relief import a_claim, a_relieving_engagement
from tests.cast import TODAY, Cast
from tests.proposals import NEXT_YEAR, Table

pytestmark = pytest.mark.django_db

Killing = Callable[[ModuleType, str], None]


def rows() -> Counter[str]:
    """Return how many rows each table has, and how many versions stand in each state."""
    models = apps.get_app_config("records").get_models()
    counted = Counter({each.__name__: each._default_manager.count() for each in models})
    versions = apps.get_model("records", "Agreement")._default_manager
    return counted + Counter(versions.values_list("state", flat=True))


def attested(statement: Statement, cast: Cast) -> None:
    """Attest a statement for the provider."""
    attest_statement.attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)


def disputed(statement: Statement, cast: Cast) -> None:
    """Dispute a point of a statement for the provider."""
    a_dispute(statement, cast.cleo)


@pytest.fixture
def killing(monkeypatch: pytest.MonkeyPatch) -> Killing:
    """Give what ends the process where a module calls something."""

    def killed(*given: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    return lambda module, name: monkeypatch.setattr(module, name, killed)


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (sign_agreement, "_put_into_force"),
        (sign_agreement, "enter"),
        (sign_agreement, "hand_checkpoint"),
    ],
)
def test_killed_at_the_second_signature_one_has_signed(
    module: ModuleType, name: str, killing: Killing, home: Path
) -> None:
    table = Table()
    agreement = table.propose()
    table.sign(agreement, table.ada)
    before = rows()
    killing(module, name)

    with pytest.raises(KeyboardInterrupt):
        table.sign(agreement, table.mia)

    assert rows() == before
    assert before["signed-by-one"] == 1


@pytest.mark.parametrize(
    ("module", "name"),
    [(proposals, "enter"), (propose_agreement, "enter"), (propose_agreement, "_propose")],
)
def test_killed_at_a_counter_proposal_the_first_still_waits(
    module: ModuleType, name: str, killing: Killing, home: Path
) -> None:
    table = Table()
    table.sign(table.propose(), table.ada)
    draft = table.draft(table.mia, title="Changed")
    before = rows()
    killing(module, name)

    with pytest.raises(KeyboardInterrupt):
        propose_agreement.propose_agreement(agreement=draft, by=table.mia, as_of=TODAY)

    assert rows() == before
    assert before["signed-by-one"] == before["AgreementDraft"] == 1


@pytest.mark.parametrize("name", ["enter", "hand_checkpoint"])
def test_killed_at_a_recording_nothing_is_recorded(name: str, killing: Killing, home: Path) -> None:
    table = Table()
    table.record()
    before = rows()
    killing(record_agreement, name)

    with pytest.raises(KeyboardInterrupt):
        table.record(version=2, in_force=NEXT_YEAR)

    assert rows() == before


@pytest.mark.parametrize("name", ["enter_owed", "enter", "hand_checkpoint"])
def test_killed_at_an_issue_nothing_is_issued(
    name: str, killing: Killing, cast: Cast, home: Path
) -> None:
    agreement = a_relieving_engagement(cast, home)
    before = rows()
    killing(issue_statement, name)

    with pytest.raises(KeyboardInterrupt):
        issue_statement.issue_statement(
            agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY
        )

    assert rows() == before


@pytest.mark.parametrize(
    ("module", "name"),
    [(attest_statement, "enter"), (dispute_statement, "enter"), (dispute_statement, "keep_files")],
)
def test_killed_at_an_answer_nothing_is_answered(
    module: ModuleType, name: str, killing: Killing, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)
    answer = attested if module is attest_statement else disputed
    before = rows()
    killing(module, name)

    with pytest.raises(KeyboardInterrupt):
        answer(statement, cast)

    assert rows() == before


@pytest.mark.parametrize("name", ["enter", "keep_files"])
def test_killed_at_a_claim_nothing_is_claimed(
    name: str, killing: Killing, cast: Cast, home: Path
) -> None:
    agreement = a_relieving_engagement(cast, home)
    before = rows()
    killing(claim_relief, name)

    with pytest.raises(KeyboardInterrupt):
        a_claim(agreement, cast.cleo)

    assert rows() == before
