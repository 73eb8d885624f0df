"""What is signed and replaced at the same instant, on SQLite and PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tallystick.actions import issue_statement as issuing
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.signatures import Signature
from tallystick.records.statements import Statement
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY
from tests.proposals import NEXT_YEAR, Table
from tests.racing import at_once, elsewhere

Race = Callable[[], AbstractContextManager[None]]


def states() -> list[str]:
    """Return the states of all versions."""
    return sorted(Agreement.objects.values_list("state", flat=True))


def outcomes(given: list[object]) -> list[str]:
    """Return what became of each: the code of a refusal, or the noun that was made."""
    return sorted(each.code if isinstance(each, Refusal) else type(each).__name__ for each in given)


def test_both_sign_at_the_same_instant(race: Race) -> None:
    table = Table()
    agreement = table.propose()

    with race():
        given = at_once(*(partial(table.sign, agreement, who) for who in (table.ada, table.mia)))
        left = elsewhere(lambda: (states(), Signature.objects.count()))

    assert outcomes(given) == ["Signature", "Signature"]
    assert left == (["in-force"], 2)


def test_two_of_one_party_sign_at_the_same_instant(race: Race) -> None:
    table = Table()
    agreement = table.propose()

    with race():
        given = at_once(*(partial(table.sign, agreement, who) for who in (table.ada, table.xen)))
        left = elsewhere(lambda: (states(), Signature.objects.count()))

    assert outcomes(given) == ["Signature", "agreement.already-signed"]
    assert left == (["signed-by-one"], 1)


def test_one_signs_while_the_other_proposes_anew(race: Race) -> None:
    table = Table()
    agreement = table.propose()
    table.sign(agreement, table.ada)
    in_the_same_days = partial(table.propose, title="Changed")

    with race():
        given = at_once(partial(table.sign, agreement, table.mia), in_the_same_days)
        left = elsewhere(states)

    # Whoever comes first decides; the other is refused, and nothing is half done.
    assert (outcomes(given), left) in (
        (["Signature", "agreement.overlapping-versions"], ["in-force"]),
        (["Agreement", "agreement.stale-hash"], ["proposed", "replaced"]),
    )


def test_two_drafts_are_proposed_at_the_same_instant(race: Race) -> None:
    table = Table()
    jobs = [
        partial(table.propose, who, title=f"By {who.person.name}") for who in (table.ada, table.mia)
    ]

    with race():
        given = at_once(*jobs)
        left = elsewhere(states)

    assert outcomes(given) == ["Agreement", "Agreement"]
    assert left == ["proposed", "replaced"]


# --- an agreement that changes while its statement is computed


@pytest.fixture
def stated(db: None, home: Path) -> tuple[Table, Agreement, str]:
    """Return a measured agreement that both signed, and the digest that its March states."""
    table = Table()
    agreement = table.agree()
    import_text(EVENT_LOG, table.engagement, table.cleo, home)
    measure_service_levels(engagement=table.engagement, by=table.ada, as_of=TODAY)
    return table, agreement, agreement.digest


def what_was_stated() -> list[tuple[str, str, list[str]]]:
    """Return of each statement the agreement it pins, the one its entry names, its figures."""
    return [
        (
            each.agreement.digest,
            LedgerEntry.objects.get(subject=each.public_id).payload["agreement"],
            [f"{one.numerator}/{one.denominator}" for one in each.measurements.order_by("id")],
        )
        for each in Statement.objects.all()
    ]


MARCH = ["2/3", "2/3"]


@pytest.mark.parametrize("change", ["proposed", "proposed and signed"])
def test_the_agreement_is_edited_while_a_statement_is_computed(
    race: Race, stated: tuple[Table, Agreement, str], change: str
) -> None:
    table, agreement, digest = stated
    laxer = [each | {"target": "10%"} for each in agreement.document["service_levels"]]
    issue = partial(
        issue_statement, agreement=agreement, window="2026-03", by=table.ada, as_of=TODAY
    )

    def edit() -> Agreement:
        changes = {"service_levels": laxer, "in_force": NEXT_YEAR}
        if change == "proposed":
            return table.propose(table.mia, **changes)
        return table.agree(**changes)

    with race():
        given = at_once(issue, edit)
        left = elsewhere(what_was_stated)
        versions = elsewhere(states)

    assert outcomes(given) == ["Agreement", "Statement"]
    # Whoever came first: the statement is that of the version both had signed for March.
    assert left == [(digest, digest, MARCH)]
    assert versions == (["in-force", "proposed"] if change == "proposed" else ["in-force"] * 2)


def test_the_agreement_is_edited_in_the_midst_of_a_statement(
    stated: tuple[Table, Agreement, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table, agreement, digest = stated
    owed = issuing.enter_owed

    def edited_meanwhile(*given: Any, **more: Any) -> Any:
        table.propose(table.mia, title="Meanwhile", in_force=NEXT_YEAR)
        return owed(*given, **more)

    monkeypatch.setattr(issuing, "enter_owed", edited_meanwhile)
    issue_statement(agreement=agreement, window="2026-03", by=table.ada, as_of=TODAY)

    assert what_was_stated() == [(digest, digest, MARCH)]
    assert states() == ["in-force", "proposed"]


def test_a_statement_is_issued_once_at_the_same_instant(
    race: Race, stated: tuple[Table, Agreement, str]
) -> None:
    table, agreement, digest = stated
    issue = partial(
        issue_statement, agreement=agreement, window="2026-03", by=table.ada, as_of=TODAY
    )

    with race():
        given = at_once(issue, issue)
        left = elsewhere(what_was_stated)

    assert outcomes(given) == ["Statement", "statement.already-issued"]
    assert left == [(digest, digest, MARCH)]
