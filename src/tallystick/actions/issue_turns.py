"""The turns of an issue: open one on the ladder, end the one that is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tallystick.actions.governance_tellings import tell_turn
from tallystick.engine.refusals import Refusal
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Ended, Escalation, Issue, IssueState, Opened
from tallystick.records.ladders import LadderLevel, Landing, Nowhere, ladder_of, land
from tallystick.records.posts import Staffing
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer


class NotOpen(Refusal):
    """The issue is resolved or closed: nobody is waited for."""

    code = "issue.not-open"


class NotYourTurn(Refusal):
    """The other side is waited for."""

    code = "issue.not-your-turn"


@dataclass(frozen=True, slots=True)
class Next:
    """How the next turn begins: for which side, from which level up, why, and in whose words."""

    side: Side
    lowest: int
    why: Opened
    words: str = ""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of one engagement as it stands now: its levels, who speaks, which calendars."""

    levels: Sequence[LadderLevel]
    staffing: Staffing
    clocks: Clocks

    @classmethod
    def of(cls, engagement: Engagement) -> "Ladder":
        """Read it, in a fixed number of queries."""
        rows = LadderLevel.objects.filter(engagement=engagement).select_related(
            "client_post__holder", "client_post__deputy",
            "provider_post__holder", "provider_post__deputy",
        )  # fmt: skip
        return cls(ladder_of(rows), Staffing([engagement]), Clocks([engagement]))

    def land(self, side: Side, lowest: int) -> Landing | Nowhere:
        """Return where a turn falls."""
        return land(self.levels, side, self.staffing, lowest)


def locked(issue: Issue) -> Issue:
    """
    Return the issue as it stands now, and let nobody else take a step of it until this is done.

    Whoever answers and the clock that climbs ask for the same row: one of them sees what the other
    did.
    """
    return (
        Issue.objects.select_for_update(of=("self",))
        .select_related("engagement__client", "engagement__provider")
        .get(pk=issue.pk)
    )


def turn_of(issue: Issue) -> Escalation:
    """
    Return the turn that is open.

    Raises:
        NotOpen: if the issue waits for nobody.
    """
    turn = Escalation.objects.filter(issue=issue, ended_at=None).first()
    if issue.state != IssueState.OPEN or turn is None:
        raise NotOpen(
            f"“{issue.title}” is {issue.state}.",
            place="issue",
            remedy="Open it again if it is not done with.",
        )
    return turn


def end_turn(
    turn: Escalation, ended: Ended, as_of: datetime, *, by: Viewer | None = None, words: str = ""
) -> None:
    """Write down how a turn ended."""
    turn.ended, turn.ended_at, turn.words = ended.value, as_of, words
    turn.ended_by = by.person if by else None
    turn.save(update_fields=["ended", "ended_at", "words", "ended_by"])


def begin_turn(
    issue: Issue, coming: Next, as_of: datetime, *, by: Viewer | None = None
) -> Escalation:
    """
    Begin the next turn of an issue where the ladder puts it; every turn begins here.

    Where nobody is left the turn begins all the same, on the lowest level that was asked for, says
    so, and anybody of the side may answer: an issue is never lost between two levels.
    """
    ladder = Ladder.of(issue.engagement)
    landing = ladder.land(coming.side, coming.lowest)
    turn = Escalation(
        engagement=issue.engagement,
        issue=issue,
        number=Escalation.objects.filter(issue=issue).count() + 1,
        level=coming.lowest,
        side=coming.side.value,
        why=coming.why.value,
        reached_at=as_of,
        opened_by=by.person if by else None,
        opened_with=coming.words,
    )
    notes = list(landing.passed_over)
    if isinstance(landing, Landing):
        notes += _put(turn, landing, ladder.clocks)
    else:
        turn.exhausted_at = as_of
        notes = [*notes, f"Nobody of the {coming.side} is left on the ladder."]
    turn.note = " ".join(notes)
    turn.save()
    tell_turn(turn, by, as_of)
    return turn


def _put(turn: Escalation, landing: Landing, clocks: Clocks) -> list[str]:
    """Put a turn where it landed and set its clock; return what there is to say of the clock."""
    level = landing.level
    turn.level, turn.post, turn.asked = level.level, landing.post, landing.asked
    turn.stands_in = landing.stands_in
    if level.respond_minutes is None:
        return [f"Level {level.level} gives no time to respond: no clock runs."]
    due = clocks.due(turn.engagement_id, level.calendar, turn.reached_at, level.respond_minutes)
    turn.minutes, turn.due_at, turn.agreement = level.respond_minutes, due.at, due.agreement
    turn.calendar = level.calendar if due.agreement else ""
    if due.gone:
        return [f"The agreement has no calendar “{level.calendar}”: every hour counts."]
    return [] if due.at else [f"The calendar “{level.calendar}” never opens for so long."]
