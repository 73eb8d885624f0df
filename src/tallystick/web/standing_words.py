"""Where a statement stands, in words: what each party said, and whose turn it is since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.web.components.status import word_of
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


STANDS = {"open": "waiting", "attested": "attested", "disputed": "disputed"}
"""What a statement counts as, as the status in a list."""


def stands_options() -> tuple[tuple[str, str], ...]:
    """Return the choices of a filter over where statements stand."""
    return tuple((each, word_of(each)) for each in (*STANDS.values(), "restated"))


def stands_as(standing: Mapping[str, Any]) -> str:
    """Return the status of a statement in a list."""
    return STANDS[standing["counts_as"]]


def stands_words(standing: Mapping[str, Any], now: datetime) -> str:
    """Say in a line who attests or disputes a statement, and who is waited for since when."""
    said = [
        f"{listed(parties)} {verb}."
        for (answer, silent), verb in _VERBS.items()
        if (
            parties := [
                each["party"]
                for each in standing["positions"]
                if (each["answer"], each["by_silence"]) == (answer, silent)
            ]
        )
    ]
    waited = [
        f"Waiting for {listed(each['parties'])} {waiting(each['since'], now)}."
        for each in _together(standing["turns"])
    ]
    return " ".join([*said, *waited])


_VERBS = {
    ("disputed", False): "disputed",
    ("attested", False): "attested",
    ("disputed", True): "let the days go by, which disputes it",
    ("attested", True): "let the days go by, which attests it",
}


def may_attest(viewer: Viewer, standing: Mapping[str, Any]) -> bool:
    """Return whether the viewer's party can still attest: it has not, in its own words."""
    return viewer.may(Duty.ATTEST) and not has_attested(viewer, standing)


def has_attested(viewer: Viewer, standing: Mapping[str, Any]) -> bool:
    """Return whether the viewer's party has attested, in its own words."""
    own = [each for each in standing["positions"] if each["side"] == viewer.organisation.side]
    return any(each["answer"] == "attested" and not each["by_silence"] for each in own)


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
        return f"{who}: restate it, or reply to the disputed points."
    if turn["task"] == "reply":
        return f"{who}: reply to the disputed points."
    return f"{who}, until {day(turn['until'])}."


def _position(
    position: Mapping[str, Any], standing: Mapping[str, Any], disputes: Sequence[Mapping[str, Any]]
) -> str:
    raised = [each for each in disputes if each["side"] == position["side"]]
    if position["by_silence"] and raised:
        return "Its points are closed and its days are over: counts as attested."
    if position["by_silence"]:
        return f"Said nothing until {day(standing['until'])}: counts as {position['answer']}."
    if position["answer"] == "attested":
        return f"Attested on {day(position['since'].date())}."
    if position["answer"] == "disputed":
        still = counted(sum(each["closed"] is None for each in raised), "point")
        return f"Disputes {still}, since {day(position['since'].date())}."
    if raised:
        return f"Its points are closed. It can attest, or dispute until {day(standing['until'])}."
    return f"Has not answered. It can dispute until {day(standing['until'])}."


def point_words(point: Mapping[str, Any], parties: Mapping[str, str], now: datetime) -> str:
    """Say how a disputed point stands: who is waited for since when, or how it was closed."""
    raised_by, closed = parties[point["side"]], point["closed"]
    if closed:
        did = "withdrew it" if point["state"] == "withdrawn" else "says that it is settled"
        return f"{raised_by} {did}, {day(closed['closed_at'].date())}."
    if point["state"] != "open":
        return "The statement was restated, or attested by the party that raised it."
    last = point["replies"][-1] if point["replies"] else None
    spoke, at = (
        (last["side"], last["replied_at"]) if last else (point["side"], point["disputed_at"])
    )
    other = next(name for side, name in parties.items() if side != spoke)
    return f"Waiting for {other} {waiting(at, now)}."
