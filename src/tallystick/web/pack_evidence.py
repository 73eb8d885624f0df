"""The evidence of a pack in words: the page and the paper are made of the same lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tallystick.engine.reviews.parts import OWED_WORDS, OwedTo
from tallystick.engine.reviews.perceived import QUESTIONS, red_inside
from tallystick.engine.service_levels.terms.goals import read_goal
from tallystick.engine.service_levels.window_words import window_words
from tallystick.web.charts import Sparkline, sparkline
from tallystick.web.components.figures import figure, goal_words, money
from tallystick.web.components.status import word_of
from tallystick.web.components.words import ABSENT, day, percent, sentence
from tallystick.web.counts import counted

MARKED_MONTHS = 18
"""So many months of a level are drawn; the counts are of all of them."""


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective: where it began, where it was to go, and what people found at the end."""

    key: str
    statement: str
    way: str
    due: str
    acknowledged: str
    measured: str
    actual: str
    achieved: str
    owed_to: str


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One service level over its months."""

    name: str
    met: str
    expected: str
    newest: str
    verdict: str
    months: Sequence[tuple[str, str, str]]
    """Window in short words, figure, verdict; the newest `MARKED_MONTHS`."""
    trend: Sparkline | None


@dataclass(frozen=True, slots=True)
class Perception:
    """What both teams answered, side by side, and how far the client's is from the figures."""

    closed_on: str
    sides: Sequence[tuple[str, str, str]]
    """Party, how many answered, share of content answers."""
    questions: Sequence[tuple[str, str, str]]
    """Question, the client's mean, the provider's mean."""
    gap: str
    red_inside: bool


def days_of(values: Mapping[str, Any]) -> str:
    """Return the moment at which the evidence was computed, as a day."""
    return day(datetime.fromisoformat(values["as_of"]).date())


def objective_lines(
    evidence: Mapping[str, Any], reached: Mapping[str, Mapping[str, str]]
) -> list[ObjectiveLine]:
    """Return each objective; `reached` is what people wrote of it."""
    return [_objective(each, reached.get(each["id"], {})) for each in evidence["objectives"]]


def _objective(values: Mapping[str, Any], reached: Mapping[str, str]) -> ObjectiveLine:
    baseline = (values["baseline"] or {}).get("value")
    way = [f"{baseline or '?'} to {values['target'] or '?'}", values["unit"] or ""]
    return ObjectiveLine(
        key=values["id"],
        statement=values["statement"],
        way=" ".join(filter(None, way)),
        due=_day(values["due_on"]),
        acknowledged=_day(values["acknowledged_on"]),
        measured=_measured(values),
        actual=reached.get("actual", ""),
        achieved=reached.get("achieved", ""),
        owed_to=OWED_WORDS[OwedTo(owed)] if (owed := reached.get("owed_to")) else "",
    )


def _measured(values: Mapping[str, Any]) -> str:
    """Say what was measured last; evidence that was pinned before values were kept says nothing."""
    last = values.get("measured")
    if not last:
        return ""
    said = " ".join(filter(None, [last["value"], values["unit"]]))
    return f"{said} on {_day(last['on'])}: {word_of(last['standing']).lower()}"


def _day(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else ABSENT


def level_lines(evidence: Mapping[str, Any]) -> list[LevelLine]:
    """Return each service level with its newest figure and its months."""
    return [_level(each) for each in evidence["service_levels"]["levels"]]


def _level(values: Mapping[str, Any]) -> LevelLine:
    months = values["months"]
    newest = months[-1] if months else None
    goal = read_goal(newest["goal"]) if newest else None
    points = [(each["window"], _value(each), each["verdict"]) for each in months[-MARKED_MONTHS:]]
    return LevelLine(
        name=values["name"],
        met=f"{values['met']} of {values['judged']}",
        expected=goal_words(goal),
        newest=figure(_value(newest), goal) if newest and goal else ABSENT,
        verdict=newest["verdict"] if newest else "not-measured",
        months=[
            (
                window_words(each["window"], short=True),
                figure(_value(each), read_goal(each["goal"])),
                each["verdict"],
            )
            for each in months[-MARKED_MONTHS:]
        ],
        trend=sparkline(points, goal) if goal else None,
    )


def _value(month: Mapping[str, Any]) -> Fraction | None:
    if not month["denominator"] or month["verdict"] == "not-measured":
        return None
    return Fraction(month["numerator"], month["denominator"])


def met_words(evidence: Mapping[str, Any]) -> str:
    """Say how many figures of all months kept their level."""
    levels = evidence["service_levels"]
    return f"{levels['met']} of {levels['judged']}"


def credit_lines(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was credited, invoiced, paid and is left, in each currency."""
    names = ("credited", "earned_back", "waived", "owed", "invoiced", "paid", "outstanding")
    return [
        (sentence(name), money(Decimal(each[name]), each["currency"]))
        for each in evidence["credits"]
        for name in names
    ]


def left_words(evidence: Mapping[str, Any]) -> str:
    """Return the credits that are left to settle, in every currency."""
    left = [value for label, value in credit_lines(evidence) if label == "Outstanding"]
    return " and ".join(left) or "None"


def dealing_lines(evidence: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what became of statements, disputes and claims, in words."""
    statements, relief = evidence["statements"], evidence["relief"]
    still = sum(each["open"] for each in evidence["disputes"])
    states = (
        f"{relief[key]} {key}" for key in ("approved", "rejected", "pending") if key in relief
    )
    return [
        (
            "Statements",
            f"{statements['issued']} issued, {statements['attested']} attested, "
            f"{statements['disputed']} disputed, {statements['open']} open",
        ),
        ("Disputes", f"{counted(len(evidence['disputes']), 'point')}, {still} open"),
        ("Claims of relief", ", ".join([f"{relief['claimed']} claimed", *states])),
    ]


def review_lines(evidence: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    """Return the reviews held: what of, when, what was confirmed, and after how long."""
    return [
        (
            window_words(each["window"])
            if each["window"]
            else f"{each['kind'].capitalize()} review",
            day(date.fromisoformat(each["held_on"])),
            f"{each['confirmed']} of {each['found']}",
            counted(each["days"], "day"),
        )
        for each in evidence["reviews"]
    ]


def latency_words(evidence: Mapping[str, Any]) -> str:
    """Say how long a review takes, in the middle of all."""
    days = sorted(each["days"] for each in evidence["reviews"] if each["days"] is not None)
    if not days:
        return "No review was held."
    middle = days[(len(days) - 1) // 2]
    return (
        f"{counted(len(days), 'review')} held; half of them within {counted(middle, 'day')} of "
        "what they reviewed."
    )


def perception_of(evidence: Mapping[str, Any]) -> Perception | None:
    """Return what both teams perceive; None where nobody was asked."""
    values = evidence["perception"]
    if values is None:
        return None
    names = {
        "client": evidence["engagement"]["client"],
        "provider": evidence["engagement"]["provider"],
    }
    gap = Fraction(values["gap"]) if values["gap"] else None
    return Perception(
        closed_on=_day(values["closed_on"]),
        sides=[
            (names[each["side"]], counted(each["answers"], "answer"), _share(each["favourable"]))
            for each in values["sides"]
        ],
        questions=_questions(values["sides"]),
        gap=ABSENT if gap is None else f"{percent(gap, 0)[:-1]} points",
        red_inside=red_inside(gap),
    )


def _share(text: str | None) -> str:
    return "too few to tell" if text is None else f"{percent(Fraction(text), 0)} content"


def _questions(sides: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    means: dict[str, dict[str, str]] = {name: {} for name in QUESTIONS}
    for side in sides:
        for each in side["questions"]:
            means[each["question"]][side["side"]] = mean_words(Fraction(each["mean"]))
    return [
        (QUESTIONS[name], told.get("client", ABSENT), told.get("provider", ABSENT))
        for name, told in means.items()
        if told
    ]


def mean_words(mean: Fraction | None) -> str:
    """Write a mean mark with one decimal, cut off."""
    return ABSENT if mean is None else f"{int(mean * 10) // 10}.{int(mean * 10) % 10}"
