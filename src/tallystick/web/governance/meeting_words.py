"""A meeting in words: when, what became of it, what is special about it."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from tallystick.actions.meetings_planned import local_day
from tallystick.engine.governance.cadence import ClockChange
from tallystick.engine.governance.working_days import next_working_day
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.web.components.status import word_of
from tallystick.web.components.words import day, moment_text, month
from tallystick.web.counts import counted

TITLES: Mapping[str, str] = {
    "standing": "On every agenda",
    "actions": "Actions that are open",
    "decisions": "Questions that wait for a decision",
    "issues": "Issues that are open",
    "risks": "Risks that need a word",
    "breached": "Service levels that missed their target",
    "statements": "Statements that wait for an answer",
    "objectives": "Objectives that the provider has not acknowledged",
}
PAGES: Mapping[str, str] = {
    "action-item": "action_item",
    "decision": "decision",
    "issue": "issue",
    "measurement": "measurement",
    "objective": "objective",
    "risk": "risk",
    "statement": "statement",
}


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a row of a table."""

    when: str
    state: str
    quorum: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line of an agenda, with the page that tells of it."""

    about: str
    told: str
    url: str
    late: bool


def meeting_name(meeting: Meeting) -> str:
    """Name a meeting by its forum and its day."""
    return f"{meeting.forum.name}, {day(local_day(meeting.forum, meeting.due_at))}"


def line_of(meeting: Meeting, now: datetime, holidays: Set[date]) -> MeetingLine:
    """Return a meeting as a row."""
    return MeetingLine(
        when=moment_text(meeting.due_at, meeting.forum.zone),
        state=state_of(meeting, now),
        quorum=quorum_words(meeting),
        note=" ".join(notes_of(meeting, holidays)),
        url=reverse("meeting", args=[meeting.public_id]),
    )


def state_of(meeting: Meeting, now: datetime) -> str:
    """Return what became of a meeting; one that is over and that nobody held was not held."""
    if meeting.state == MeetingState.PLANNED and meeting.due_at.date() < now.date():
        return "not-held"
    if meeting.state == MeetingState.PLANNED and meeting.agenda_at:
        return "prepared"
    return str(meeting.state)


def quorum_words(meeting: Meeting) -> str:
    """Say which side had its quorum; nothing before the meeting was held."""
    sides = {"client": meeting.client_quorum, "provider": meeting.provider_quorum}
    short = [side for side, enough in sides.items() if enough is False]
    if None in sides.values():
        return ""
    return f"The {' and the '.join(short)} had none" if short else "Both sides had theirs"


def notes_of(meeting: Meeting, holidays: Set[date]) -> list[str]:
    """Return what one has to know of a meeting's day: holidays, clocks, reasons."""
    on = local_day(meeting.forum, meeting.due_at)
    return [*_of_the_day(meeting, on, holidays), *_of_what_became(meeting, on)]


_CLOCKS = {
    ClockChange.SKIPPED: "Its time does not exist that day: it begins once the clocks went on.",
    ClockChange.REPEATED: "Its time comes twice that day: the first counts.",
}


def _of_the_day(meeting: Meeting, on: date, holidays: Set[date]) -> list[str]:
    notes = []
    if meeting.holiday:
        notes.append(f"{day(meeting.holiday)} is a holiday: it went to the next working day.")
    if meeting.state == MeetingState.PLANNED and on in holidays:
        following = day(next_working_day(on, holidays))
        notes.append(f"{day(on)} is a holiday; {following} is the next working day.")
    return [*notes, *([_CLOCKS[ClockChange(meeting.clock)]] if meeting.clock else [])]


def _of_what_became(meeting: Meeting, on: date) -> Iterator[str]:
    """Say what people made of a meeting that was planned for a day."""
    if meeting.called_because:
        yield f"Called outside the cadence: {meeting.called_because}"
    if meeting.moved_because:
        yield f"Moved from {day(meeting.day)}: {meeting.moved_because}"
    if meeting.held_on and meeting.held_on != on:
        yield f"Held on {day(meeting.held_on)}."
    if meeting.skipped_because:
        yield f"Skipped: {meeting.skipped_because}"
    if meeting.state == MeetingState.DROPPED:
        yield "The forum does not meet then any more; whoever was invited is told."


def agenda_words(sections: list[dict[str, Any]]) -> list[tuple[str, list[AgendaLine], bool]]:
    """Return the sections of an agenda: title, lines, and whether some were left off."""
    return [
        (
            TITLES.get(each["kind"], each["kind"].capitalize()),
            [_line(line) for line in each["lines"]],
            each["left_off"],
        )
        for each in sections
    ]


def _line(line: dict[str, Any]) -> AgendaLine:
    page = PAGES.get(line["noun"])
    about = month(line["about"]) if line["noun"] == "statement" else line["about"]
    return AgendaLine(
        about=about,
        told=_told(line),
        url=reverse(page, args=[line["id"]]) if page else "",
        late=bool(line.get("late")),
    )


def _told(line: dict[str, Any]) -> str:
    match line["noun"]:
        case "action-item":
            return f"{line['who']}, due {_day(line['when'])}"
        case "decision":
            waited = counted(line["days"], "working day")
            return f"{line['who']}, asked {_day(line['when'])}, waits for {waited}"
        case "measurement":
            return f"{month(line['when'])}: {word_of(line['verdict']).lower()}"
        case "objective":
            return f"readable since {_day(line['when'])}"
        case "issue":
            return (
                f"the {line['sides'][0]}'s turn since {_day(line['when'])}, level {line['level']}"
            )
        case "risk":
            due = f"review was due {_day(line['when'])}" if line["late"] else ""
            return ", ".join(filter(None, [line["who"], due, line["more"]]))
        case "statement":
            return f"the {' and the '.join(line['sides'])}: {line['more']}"
    return str(line.get("more", ""))


def _day(text: str) -> str:
    return day(date.fromisoformat(text))
