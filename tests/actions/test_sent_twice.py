"""A form that is sent twice by one click too many does what it says once."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

import pytest

from tallystick.actions.acknowledge_objective import (
    AlreadyAcknowledged,
    AmendedMeanwhile,
    acknowledge_objective,
)
from tallystick.actions.record_actual import DayTaken, record_actual
from tallystick.actions.record_case import CaseTold, CaseTwice, record_case
from tallystick.actions.state_objective import (
    ObjectiveChanged,
    ObjectiveWording,
    state_objective,
)
from tallystick.actions.write_note import write_note
from tallystick.records.bid_experience import PastCase
from tallystick.records.ledger import LedgerEntry
from tallystick.records.notes import InternalNote
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objectives import Acknowledgement, Objective, ObjectiveVersion
from tests.actions.selecting import a_bid, a_selection
from tests.cast import TODAY, Cast, an_engagement
from tests.racing import at_once, elsewhere

pytestmark = pytest.mark.django_db

Race = Callable[[], AbstractContextManager[None]]
A_BLINK, LATER = TODAY + timedelta(seconds=1), TODAY + timedelta(minutes=1)
FASTER = ObjectiveWording("Orders are shipped within a day", measure="Days", target="1")


def test_an_objective_is_stated_once(cast: Cast) -> None:
    acts: dict[str, Any] = {"engagement": an_engagement(), "wording": FASTER, "by": cast.ada}

    first = state_objective(**acts, as_of=TODAY)
    again = state_objective(**acts, as_of=A_BLINK)
    meant = state_objective(**acts, as_of=LATER)

    assert first == again != meant
    assert LedgerEntry.objects.filter(action="state_objective").count() == 2


def test_an_amendment_is_made_once(cast: Cast) -> None:
    engagement = an_engagement()
    first = state_objective(engagement=engagement, wording=FASTER, by=cast.ada, as_of=TODAY)
    wording = ObjectiveWording("Orders are shipped within an hour")
    acts: dict[str, Any] = {"engagement": engagement, "wording": wording, "seen": "1"}

    for moment in (TODAY, A_BLINK):
        stated = Objective.objects.get(pk=first.pk)
        state_objective(**acts, amends=stated, by=cast.ada, as_of=moment)

    assert list(ObjectiveVersion.objects.values_list("version", flat=True)) == [1, 2]


def test_another_s_amendment_is_not_written_over(cast: Cast) -> None:
    engagement = an_engagement()
    first = state_objective(engagement=engagement, wording=FASTER, by=cast.ada, as_of=TODAY)
    theirs, ours = (ObjectiveWording(words) for words in ("Theirs", "Ours"))
    acts: dict[str, Any] = {"engagement": engagement, "amends": first, "seen": "1", "as_of": TODAY}
    state_objective(**acts, wording=theirs, by=cast.ben)

    with pytest.raises(ObjectiveChanged):
        state_objective(**acts, wording=ours, by=cast.ada)

    assert Objective.objects.get().statement == "Theirs"


def test_a_note_is_kept_once(cast: Cast) -> None:
    engagement = an_engagement()

    for moment in (TODAY, A_BLINK, LATER):
        write_note(engagement=engagement, text=" Ask them. ", by=cast.ada, as_of=moment)

    assert InternalNote.objects.count() == 2


def test_a_value_is_recorded_once(cast: Cast) -> None:
    stated = state_objective(engagement=an_engagement(), wording=FASTER, by=cast.ada, as_of=TODAY)
    acts: dict[str, Any] = {"objective": stated, "on": date(2026, 7, 1), "by": cast.cleo}

    first = record_actual(**acts, value="3", as_of=TODAY)
    again = record_actual(**acts, value="3.0", as_of=A_BLINK)
    with pytest.raises(DayTaken):
        record_actual(**acts, value="4", as_of=A_BLINK)

    assert first == again == ObjectiveActual.objects.get()


def test_a_case_counts_once(cast: Cast) -> None:
    bid = a_bid(a_selection(cast), cast.ada)
    told = CaseTold("Alder Bank", "A service desk for 4,000 people.", date(2022, 1, 1))
    kept = record_case(bid=bid, case=told, by=cast.ada, as_of=TODAY)

    with pytest.raises(CaseTwice):
        record_case(bid=bid, case=told, by=cast.ada, as_of=LATER)
    record_case(bid=bid, case=told, amends=kept, by=cast.ada, as_of=LATER)

    assert PastCase.objects.get() == kept


def test_a_word_is_given_on_the_wording_that_was_read_alone(cast: Cast) -> None:
    engagement = an_engagement()
    read = state_objective(engagement=engagement, wording=FASTER, by=cast.ada, as_of=TODAY)
    newest = Objective.objects.get(pk=read.pk)
    state_objective(
        engagement=engagement,
        wording=ObjectiveWording("Orders are shipped within an hour"),
        amends=newest,
        by=cast.ada,
        as_of=TODAY,
    )

    with pytest.raises(AmendedMeanwhile):
        acknowledge_objective(objective=read, read=1, by=cast.cleo, as_of=TODAY)
    assert not Acknowledgement.objects.exists()

    # Whoever names no version answers the one that stands, not the one that was loaded before.
    given = acknowledge_objective(objective=read, by=cast.cleo, as_of=TODAY)
    assert given.version == 2
    with pytest.raises(AlreadyAcknowledged):
        acknowledge_objective(objective=newest, read=2, by=cast.cleo, as_of=TODAY)


def test_a_word_that_is_given_twice_at_once_is_one(cast: Cast, race: Race) -> None:
    engagement = an_engagement()
    stated = state_objective(engagement=engagement, wording=FASTER, by=cast.ada, as_of=TODAY)

    def word() -> Acknowledgement:
        return acknowledge_objective(objective=stated, by=cast.cleo, as_of=TODAY)

    with race():
        given = at_once(word, word, word)
        kept = elsewhere(Acknowledgement.objects.count)

    assert [type(each) for each in given].count(AlreadyAcknowledged) == 2
    assert kept == 1
