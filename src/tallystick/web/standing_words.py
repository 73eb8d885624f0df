"""Where a statement stands, in words: what each party said, and whose turn it is since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import day
from tallystick.web.counts import counted, listed


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What the page says of the parties' answers; `turn` says who is waited for."""

    status: str
    title: str
    turn: str
    positions: Sequence[tuple[str, str, str]]
    """Party, answer, and the words for it."""


def standing_words(
    standing: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]], now: datetime
) -> AnswerWords:
    """Return a statement's standing in words."""
    status = standing["counts_as"]
    if status == "open" and not standing["turns"]:
        return AnswerWords("superseded", "Restated", "", positions_said(standing, disputes))
    title = {
        "attested": "Both parties attest it",
        "disputed": "Disputed",
        "open": "Waiting for an answer",
    }[status]
    if status == "attested" and any(each["by_silence"] for each in standing["positions"]):
        title = "Counts as attested"
    return AnswerWords(
        status,
        title,
        " ".join(_turn(each, now) for each in _together(standing["turns"])),
        positions_said(standing, disputes),
    )


def positions_said(
    standing: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str, str]]:
    """Return each party, its answer, and the words for it."""
    return [
        (each["party"], each["answer"], _position(each, standing, disputes))
        for each in standing["positions"]
    ]


def may_attest(viewer: Viewer, standing: Mapping[str, Any]) -> bool:
    """Return whether the viewer's party can still attest: it has not, in its own words."""
    own = [each for each in standing["positions"] if each["side"] == viewer.organisation.side]
    said = any(each["answer"] == "attested" and not each["by_silence"] for each in own)
    return viewer.may(Duty.ATTEST) and not said


def waiting(since: datetime, now: datetime) -> str:
    """Say since when, and how many days that is: "since 9 Mar 2026 (3 days)"."""
    days = (now.date() - since.date()).days
    ago = "today" if days <= 0 else counted(days, "day")
    return f"since {day(since.date())} ({ago})"


def _together(turns: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return turns of the same kind as one, with the parties in one list."""
    kinds: dict[tuple[str, object], dict[str, Any]] = {}
    for each in turns:
        known = kinds.setdefault((each["task"], each["since"]), dict(each) | {"parties": []})
        known["parties"].append(each["party"])
    return list(kinds.values())


def _turn(turn: Mapping[str, Any], now: datetime) -> str:
    who = f"Waiting for {listed(turn['parties'])} {waiting(turn['since'], now)}"
    if turn["task"] == "restate":
        return f"{who}: restate it, or settle the points so that they can be attested."
    return f"{who}, until {day(turn['until'])}."


def _position(
    position: Mapping[str, Any], standing: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]]
) -> str:
    if position["by_silence"]:
        return f"Said nothing until {day(standing['until'])}: counts as {position['answer']}."
    if position["answer"] == "attested":
        return f"Attested on {day(position['since'].date())}."
    if position["answer"] == "disputed":
        own = sum(each["side"] == position["side"] for each in disputes)
        return f"Disputes {counted(own, 'point')}, since {day(position['since'].date())}."
    return f"Has not answered. It can dispute until {day(standing['until'])}."
