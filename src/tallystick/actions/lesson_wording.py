"""What a lesson says, and what must hold of it before it is stored."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal
from typing import Any

from tallystick.actions.texts import checked
from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk
from tallystick.engine.refusals import Refusal
from tallystick.records.lessons import Lesson

_APPLIES = ("stages", "service_types", "practices", "contract_models", "sizes")
_MAY_WAIT = ("root_cause", "preventive_action", "warning_signs")
MOST_AMOUNT, MOST_DAYS = Decimal(10) ** 12, Decimal(10) ** 6


class EffectUnreadable(Refusal):
    """What a lesson cost is no amount in a currency, or no number of days."""

    code = "lesson.effect-unreadable"


@dataclass(frozen=True, slots=True)
class LessonWording:
    """
    What a lesson says; empty applicability lists mean everywhere.

    `effect` tells in words what it cost; `effect_amount` in money of `effect_currency` (ISO 4217)
    and `effect_days` in days of work, where that is known.
    """

    title: str
    context: str
    what_happened: str
    root_cause: str
    effect: str
    preventive_action: str
    stages: Sequence[str] = ()
    service_types: Sequence[str] = ()
    practices: Sequence[int] = ()
    contract_models: Sequence[str] = ()
    sizes: Sequence[str] = ()
    kind: LessonKind = LessonKind.NEGATIVE
    cause: Cause | None = None
    warning_signs: str = ""
    was_a_risk: WasARisk = WasARisk.UNKNOWN
    effect_amount: Decimal | None = None
    effect_currency: str = ""
    effect_days: Decimal | None = None
    author_withheld: bool = False

    @property
    def is_whole(self) -> bool:
        """Return whether cause and prevention are told; without them it is an observation."""
        return bool(self.root_cause.strip() and self.preventive_action.strip())

    def fields(self) -> dict[str, Any]:
        """Return what is stored, by the names of the record's fields."""
        told = asdict(self)
        return told | {name: list(told[name]) for name in _APPLIES} | {"cause": self.cause or ""}

    def payload(self) -> dict[str, Any]:
        """Return what the ledger holds of it: plain values."""
        told = self.fields()
        for name in ("effect_amount", "effect_days"):
            told[name] = None if told[name] is None else str(told[name])
        return told


def wording_of(lesson: Lesson) -> LessonWording:
    """Return what a stored lesson says."""
    told = {each.name: getattr(lesson, each.name) for each in fields(LessonWording)}
    return LessonWording(**told | {"cause": Cause(lesson.cause) if lesson.cause else None})


def checked_wording(wording: LessonWording) -> LessonWording:
    """
    Return the wording as it is stored.

    Raises:
        TextNeeded, TextTooLong, EffectUnreadable
    """
    # A cause or a prevention may be missing still; the rest is what makes it a lesson at all.
    texts: dict[str, Any] = {
        name: checked(getattr(wording, name), name, needed=name not in _MAY_WAIT)
        for name in ("context", "what_happened", "effect", *_MAY_WAIT)
    }
    _demand_a_readable_effect(wording)
    return replace(wording, title=checked(wording.title, "title", longest=160), **texts)


def _demand_a_readable_effect(wording: LessonWording) -> None:
    _demand_a_number(wording.effect_amount, "effect_amount", MOST_AMOUNT)
    _demand_a_number(wording.effect_days, "effect_days", MOST_DAYS)
    readable = bool(re.fullmatch(r"[A-Z]{3}", wording.effect_currency))
    if (wording.effect_amount is not None or wording.effect_currency) and not readable:
        raise EffectUnreadable(
            f"{wording.effect_currency!r} is no currency."
            if wording.effect_currency
            else "The amount has no currency.",
            place="effect_currency",
            remedy="Give three capital letters, such as EUR.",
        )


def _demand_a_number(number: Decimal | None, place: str, most: Decimal) -> None:
    if number is not None and not (number.is_finite() and 0 <= number < most):
        raise EffectUnreadable(
            f"{number} is not between 0 and {most:,}.",
            place=place,
            remedy="Leave it empty where it is not known; say it in words then.",
        )
