"""Whose turn it is with an issue, in sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tallystick.records.clocks import Clocks
from tallystick.records.issued import Wait, wait_of
from tallystick.records.issues import Ended, Escalation, Issue, IssueState, Opened
from tallystick.records.stated import party_of
from tallystick.web.components.words import duration, moment_html


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of an issue's story."""

    sentence: str
    words: str
    who: str
    organisation: str
    at: datetime
    note: str = ""


def asked_words(turn: Escalation) -> str:
    """Say who is asked: the person, and for which post."""
    if turn.asked is None or turn.post is None:
        return "nobody"
    return f"{turn.asked.name} ({'deputy, ' if turn.stands_in else ''}{turn.post.name})"


def left_words(wait: Wait) -> str:
    """Say how long is left, in working time."""
    if wait.is_stuck:
        return "Nobody left to climb to"
    if wait.left is None:
        return "No clock runs"
    minutes = abs(wait.left) // 60 * 60
    if wait.left <= 0:
        return f"Overdue by {duration(minutes)}"
    return f"{duration(minutes)} left" if minutes else "Less than a minute left"


def turn_words(issue: Issue, wait: Wait | None) -> str:
    """Say in a few words who has to act."""
    engagement = issue.engagement
    if wait is not None:
        return party_of(engagement, wait.turn.side)
    if issue.state == IssueState.RESOLVED:
        return f"{party_of(engagement, issue.side)}, to close it"
    return ""


def turn_sentence(issue: Issue, wait: Wait | None, zone: str) -> SafeString:
    """Say whose turn it is, who is asked, until when, and what happens then."""
    if wait is None:
        return _done(issue)
    turn, party = wait.turn, party_of(issue.engagement, wait.turn.side)
    if turn.asked is None:
        return format_html(
            "{} is asked, and nobody of it stands on the ladder from level {} up. Anybody of it "
            "may answer; once somebody is named, the clock starts.",
            party,
            turn.level,
        )
    start = format_html("{} is asked on level {}: {}.", party, turn.level, asked_words(turn))
    if turn.due_at is None:
        return format_html("{} No clock runs, for the level gives no time to respond.", start)
    due = moment_html(turn.due_at, zone)
    if wait.is_stuck:
        return format_html(
            "{} The answer was due {}, and nobody is left to climb to. It stays open until "
            "somebody answers.",
            start,
            due,
        )
    return format_html("{} Without an answer by {} it climbs by itself.", start, due)


def _done(issue: Issue) -> SafeString:
    party = party_of(issue.engagement, issue.side)
    if issue.state == IssueState.RESOLVED:
        return format_html(
            "Resolved. {} raised it, so it has the last word: close it, or open it again.", party
        )
    who = issue.closed_by.name if issue.closed_by else ""
    return format_html("Closed by {}, {}.", who, party)


_BEGAN = {
    Opened.RAISED: "Raised; {party} is asked on level {level}.",
    Opened.ANSWER: "It is the turn of {party} on level {level}.",
    Opened.CLOCK: "Unanswered in time: the clock took it to level {level}; {party} is asked.",
    Opened.BY_HAND: "Escalated to level {level}; {party} is asked.",
    Opened.REOPENED: "Opened again; {party} is asked on level {level}.",
}
_ENDED = {
    Ended.ANSWERED: "{party} answered on level {level}.",
    Ended.CLOCK: "{party} did not answer on level {level} in time.",
    Ended.BY_HAND: "Taken a level up by hand.",
    Ended.RESOLVED: "Resolved.",
}


def story_of(issue: Issue) -> list[Told]:
    """Return everything that happened to an issue, the newest first."""
    told = [each for turn in issue.escalations.all() for each in _of_turn(issue, turn)]
    if issue.closed_at:
        who = issue.closed_by.name if issue.closed_by else ""
        told.append(
            Told("Closed.", "", who, party_of(issue.engagement, issue.side), issue.closed_at)
        )
    return told[::-1]


def _of_turn(issue: Issue, turn: Escalation) -> Iterator[Told]:
    party = party_of(issue.engagement, turn.side)
    said = {"party": party, "level": turn.level}
    clock = turn.why == Opened.CLOCK
    # An answer, or an escalation by hand, is one event: what it says stands with the turn it ended.
    if turn.why in (Opened.RAISED, Opened.CLOCK, Opened.REOPENED) or turn.note:
        yield Told(
            _BEGAN[Opened(turn.why)].format(**said),
            turn.opened_with,
            "The clock" if clock else turn.opened_by.name if turn.opened_by else "",
            "" if clock else _party_of_opener(issue, turn),
            turn.reached_at,
            note=turn.note,
        )
    if turn.ended and turn.ended != Ended.CLOCK and turn.ended_at:
        by = turn.ended_by.name if turn.ended_by else ""
        yield Told(_ENDED[Ended(turn.ended)].format(**said), turn.words, by, "", turn.ended_at)


def _party_of_opener(issue: Issue, turn: Escalation) -> str:
    """Return whose side a turn was opened by: the other one than it waits for."""
    if turn.why == Opened.BY_HAND:
        return ""
    return party_of(issue.engagement, "client" if turn.side == "provider" else "provider")


def waiting(issue: Issue, clocks: Clocks, now: datetime) -> tuple[Wait | None, str]:
    """Return the open turn, and how long is left in words."""
    wait = wait_of(issue, clocks, now)
    return wait, left_words(wait) if wait else ""
