"""Record that the escalation ladder was tried: on which day, and whether everybody answered."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter, shared_chain
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.ladders import LadderLevel, LadderTest, Tried
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class TrialRefused(Refusal):
    """A test was not held yet, or there is nothing to try."""

    code = "ladder.test-refused"


@transaction.atomic
def record_ladder_test(
    *,
    engagement: Engagement,
    tested_on: date,
    result: Tried,
    words: str = "",
    by: Viewer,
    as_of: datetime,
) -> LadderTest:
    """
    Keep a test; what did not work is said in words.

    Raises:
        NotPermitted, TrialRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.GOVERN)
    if tested_on > as_of.date():
        raise TrialRefused(
            f"{tested_on} is still to come.",
            place="tested_on",
            remedy="Record the test once it was held.",
        )
    if not LadderLevel.objects.filter(engagement=engagement).exists():
        raise TrialRefused(
            "The ladder has no level yet.",
            place="engagement",
            remedy="State its levels, then call everybody on it once.",
        )
    test = LadderTest.objects.create(
        engagement=engagement,
        tested_on=tested_on,
        result=result.value,
        words=checked(words, "words", needed=result is Tried.SOMEBODY_SILENT),
        recorded_at=as_of,
        recorded_by=by.person,
    )
    outcome = "everybody answered" if result is Tried.ALL_ANSWERED else "somebody did not answer"
    enter(
        test,
        f"Tried the escalation ladder on {tested_on:%d %B %Y}: {outcome}.",
        action="record_ladder_test",
        payload={"tested_on": tested_on.isoformat(), "result": result.value, "words": test.words},
        chain=shared_chain(engagement),
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return test
