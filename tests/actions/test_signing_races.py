"""What is signed and replaced at the same instant, on SQLite and PostgreSQL."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement
from tallystick.records.signatures import Signature
from tests.proposals import Table
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
