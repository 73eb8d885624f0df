"""Whether a mid-term review is due, told from an engagement's own records."""

from datetime import UTC, date, datetime

import pytest

from tallystick.actions.open_review import open_review
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.due import Cause
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.engagements import GatePassage
from tallystick.records.review_due import review_due
from tests.actions.reviewing import signed, written
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def test_half_of_the_term_and_the_end_of_the_transition_are_reasons(cast: Cast) -> None:
    engagement = an_engagement(starts_on=date(2025, 7, 6), ends_on=date(2027, 7, 6))
    GatePassage.objects.create(
        engagement=engagement,
        stage=Stage.TRANSITION,
        passed_at=datetime(2025, 8, 1, 9, tzinfo=UTC),
        passed_by=cast.ada.person,
    )

    due = review_due(engagement, TODAY)

    assert [(each.cause, each.since) for each in due[:2]] == [
        (Cause.STAGE_ENDED, date(2025, 8, 1)),
        (Cause.HALF_TERM, date(2026, 7, 6)),
    ]


def test_an_opened_review_is_not_yet_a_held_one(cast: Cast) -> None:
    engagement = an_engagement()
    before = len(review_due(engagement, TODAY))
    pack = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY)
    opened = len(review_due(engagement, TODAY))

    written(pack, cast.ben)
    signed(pack, cast.ada)

    assert before == opened > 0
    assert review_due(engagement, TODAY) == []


@pytest.mark.parametrize("stage", [Stage.DEFINE, Stage.SELECT, Stage.AGREE, Stage.CLOSE])
def test_where_nobody_delivers_nothing_is_due(stage: Stage, cast: Cast) -> None:
    assert review_due(an_engagement(stage=stage), TODAY) == []
