"""Both parties speak of a disputed point; the one that raised it has the last word."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.close_dispute import NotAClosing, NotYourDispute, close_dispute
from tallystick.actions.dispute_statement import dispute_statement
from tallystick.actions.open_disputes import DisputeClosed
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.reply_to_dispute import reply_to_dispute
from tallystick.actions.restate_statement import AlreadyRestated
from tallystick.actions.texts import TextNeeded
from tallystick.engine.service_levels.dealings.answers import PointState, Stance
from tallystick.records.answers import standing_at
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeClosing, DisputeReply
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tests.actions.test_answers import a_dispute, a_file, a_wording
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=2)


def a_reply(dispute: Dispute, by: Viewer, **changes: Any) -> DisputeReply:
    """Reply two days later."""
    given = {"text": "The log shows no wait.", "as_of": LATER} | changes
    return reply_to_dispute(dispute=dispute, by=by, **given)


def a_closing(dispute: Dispute, by: Viewer, **changes: Any) -> DisputeClosing:
    """Withdraw a point two days later."""
    given = {"state": PointState.WITHDRAWN, "text": "We read the wrong row.", "as_of": LATER}
    return close_dispute(dispute=dispute, by=by, **given | changes)


def waited_for(statement: Statement) -> list[tuple[str, str]]:
    """Return who is waited for on the last day on which a statement can be disputed."""
    turns = standing_at(statement, TODAY + timedelta(days=20)).turns
    return [(each.side, each.task.value) for each in turns]


def test_a_reply_hands_the_turn_over(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.cleo)
    before = waited_for(statement)

    reply = a_reply(dispute, cast.ben, files=[a_file()])

    assert before == [("client", "answer"), ("client", "restate")]
    assert waited_for(statement) == [("client", "answer"), ("provider", "reply")]
    assert (reply.side, reply.files.get().file_name) == ("client", "proof.txt")
    entry = LedgerEntry.objects.get(action="reply_to_dispute")
    assert entry.sentence == (
        "Replied to the disputed point on resolution in the statement of 2026-03 for "
        "Nordwind Energy."
    )
    assert entry.payload == {
        "dispute": dispute.public_id,
        "text": "The log shows no wait.",
        "files": [reply.files.get().digest],
    }


def test_who_raised_the_point_may_reply_in_turn(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.cleo)
    a_reply(dispute, cast.ben)

    a_reply(dispute, cast.cleo, text="It is the log of another desk.")

    assert waited_for(statement) == [("client", "answer"), ("client", "restate")]


def test_the_clients_own_point_is_the_providers_to_answer(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.ben)
    before = waited_for(statement)

    a_reply(dispute, cast.cleo)

    assert before == [("provider", "answer"), ("provider", "reply")]
    assert waited_for(statement) == [("provider", "answer"), ("client", "restate")]


@pytest.mark.parametrize(
    ("state", "said"), [(PointState.WITHDRAWN, "Withdrew"), (PointState.SETTLED, "Settled")]
)
def test_who_raised_the_point_closes_it_and_answers_anew(
    state: PointState, said: str, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.cleo, wording=a_wording(statement, item="T2"))

    a_closing(dispute, cast.cleo, state=state)

    assert standing_at(statement, LATER).of("provider").answer is Stance.OPEN
    assert waited_for(statement) == [("provider", "answer"), ("client", "answer")]
    entry = LedgerEntry.objects.get(action="close_dispute")
    assert entry.sentence == (
        f"{said} the disputed point on resolution, T2 in the statement of 2026-03 for Baltic Desk."
    )
    assert entry.payload == {
        "dispute": dispute.public_id,
        "state": state.value,
        "text": "We read the wrong row.",
    }


def test_a_point_is_closed_after_the_days_to_dispute_too(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    attest_statement(statement=statement, by=cast.ben, as_of=TODAY)
    dispute = a_dispute(statement, cast.cleo)

    a_closing(dispute, cast.cleo, as_of=TODAY + timedelta(days=60))

    standing = standing_at(statement, TODAY + timedelta(days=60))
    assert (standing.counts_as, list(standing.turns)) == (Stance.ATTESTED, [])


@pytest.mark.parametrize(("raised", "other"), [("cleo", "ben"), ("ben", "cleo")])
def test_the_other_party_does_not_close_a_point(
    raised: str, other: str, cast: Cast, home: Path
) -> None:
    dispute = a_dispute(a_statement(cast, home), getattr(cast, raised))

    with pytest.raises(NotYourDispute):
        a_closing(dispute, getattr(cast, other))

    assert not DisputeClosing.objects.exists()


@pytest.mark.parametrize("who", ["ann", "eva"])
def test_who_only_reads_says_nothing_of_a_point(who: str, cast: Cast, home: Path) -> None:
    dispute = a_dispute(a_statement(cast, home), cast.ben)

    for act in (a_reply, a_closing):
        with pytest.raises(NotPermitted):
            act(dispute, getattr(cast, who))


def test_a_closed_point_is_closed(cast: Cast, home: Path) -> None:
    dispute = a_dispute(a_statement(cast, home), cast.cleo)
    a_closing(dispute, cast.cleo)

    with pytest.raises(DisputeClosed, match="Baltic Desk withdrew it"):
        a_reply(dispute, cast.ben)
    with pytest.raises(DisputeClosed, match="Baltic Desk withdrew it"):
        a_closing(dispute, cast.cleo)


def test_a_point_that_an_attestation_settled_is_closed(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.cleo)
    attest_statement(statement=statement, by=cast.cleo, as_of=LATER)

    with pytest.raises(DisputeClosed, match="Baltic Desk has attested"):
        a_reply(dispute, cast.ben)


def test_nothing_is_said_of_a_statement_that_was_restated(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute = a_dispute(statement, cast.cleo)
    again = Statement.objects.get()
    again.pk, again.public_id, again.supersedes = None, "restated0000", statement
    again.save()

    for act in (a_reply, a_closing):
        with pytest.raises(AlreadyRestated):
            act(dispute, cast.cleo)


def test_words_are_needed_and_open_is_no_closing(cast: Cast, home: Path) -> None:
    dispute = a_dispute(a_statement(cast, home), cast.cleo)

    with pytest.raises(TextNeeded):
        a_reply(dispute, cast.ben, text=" ")
    with pytest.raises(TextNeeded):
        a_closing(dispute, cast.cleo, text=" ")
    with pytest.raises(NotAClosing):
        a_closing(dispute, cast.cleo, state=PointState.OPEN)


def test_a_party_whose_point_is_closed_disputes_another(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    a_closing(a_dispute(statement, cast.cleo), cast.cleo)

    dispute_statement(
        statement=statement, wording=a_wording(statement, item="T2"), by=cast.cleo, as_of=LATER
    )

    assert standing_at(statement, LATER).counts_as is Stance.DISPUTED


def test_attesting_hands_out_the_head_that_holds_the_word(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)

    entry = LedgerEntry.objects.get(action="attest_statement")
    assert Checkpoint.objects.order_by("-size")[0].size == entry.seq
