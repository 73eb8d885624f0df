"""The form that writes a lesson, revises one, or words one for a provider."""

from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django import forms

from tallystick.actions.lesson_wording import MOST_AMOUNT, MOST_DAYS, LessonWording, wording_of
from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import STAGES
from tallystick.engine.lessons.causes import Cause, ContractModel, LessonKind, Size, WasARisk
from tallystick.engine.lessons.match import PRACTICE_NAMES
from tallystick.records.lessons import Lesson
from tallystick.web.components.words import sentence

STAGE_CHOICES = [(stage.value, sentence(stage.value)) for stage in STAGES]
SERVICE_CHOICES = [(kind.value, sentence(kind.value)) for kind in ServiceType]
PRACTICE_CHOICES = [(str(number), sentence(name)) for number, name in PRACTICE_NAMES.items()]
CAUSE_CHOICES = [(cause.value, cause.words) for cause in Cause]
RISK_CHOICES = [
    (WasARisk.UNKNOWN.value, "Nobody looked"),
    (WasARisk.YES.value, "Yes, it stood in the register"),
    (WasARisk.NO.value, "No, nobody had seen it"),
]
KIND_CHOICES = [
    (LessonKind.NEGATIVE.value, "Something to avoid"),
    (LessonKind.POSITIVE.value, "Something to do again"),
]
LONGEST = 8_000


def _choices(kinds: Iterable[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, sentence(each.value)) for each in kinds]


def _text(label: str, help_text: str, missing: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
        error_messages={"required": missing},
    )


def _places(label: str, help_text: str, choices: list[tuple[str, str]]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


def _number(label: str, help_text: str, most: Decimal) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=most - 1,
        decimal_places=2,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class LessonForm(forms.Form):
    """A lesson in the order in which people tell it: five questions, and what may wait."""

    title = forms.CharField(
        label="The lesson in one sentence",
        max_length=160,
        help_text="Say what was learned, not what it is about: “An agreement without holidays "
        "turns Easter into a breach”.",
        error_messages={"required": "Give the lesson a title."},
    )
    context = _text(
        "Where did it happen?",
        "The engagement, the service, the moment; enough for a stranger to see whether it is like "
        "theirs.",
        "Say where it happened.",
        rows=2,
    )
    what_happened = _text("What happened?", "Facts and figures, no blame.", "Say what happened.")
    whys = _text(
        "Why? Ask it five times",
        "Optional. One answer a line, each the reason of the one before it; the last is the root "
        "cause.",
        rows=5,
    )
    root_cause = _text(
        "What is the root cause?",
        "Ask why until the answer is something that you can change. Not known yet? Leave it "
        "empty: the lesson is kept as an observation.",
    )
    effect = _text(
        "What did it cost?",
        "Money, days, people, trust; or what it brought, if it went well.",
        "Say what it cost, even roughly.",
        rows=2,
    )
    preventive_action = _text(
        "What prevents it next time?",
        "One thing that somebody does at a certain moment. A guardrail can check it from then on.",
    )
    kind = forms.ChoiceField(
        label="It is",
        choices=KIND_CHOICES,
        required=False,
        widget=forms.RadioSelect,
        initial=LessonKind.NEGATIVE.value,
    )
    cause = forms.ChoiceField(
        label="Kind of cause",
        choices=[("", "Not decided"), *CAUSE_CHOICES],
        required=False,
        help_text="Repeats are told by it.",
    )
    warning_signs = _text(
        "How could one have seen it coming?", "Early signs, and where they showed.", rows=2
    )
    was_a_risk = forms.ChoiceField(
        label="Was it a risk before?",
        choices=RISK_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    effect_amount = _number("Cost in money", "As far as it is known.", MOST_AMOUNT)
    effect_currency = forms.CharField(
        label="Currency", max_length=3, required=False, help_text="Three letters, such as EUR."
    )
    effect_days = _number("Cost in days of work", "As far as it is known.", MOST_DAYS)
    stages = _places("Stages at which it helps", "None chosen: at every stage.", STAGE_CHOICES)
    service_types = _places(
        "Services for which it holds", "None chosen: for every service.", SERVICE_CHOICES
    )
    practices = _places("Practices it concerns", "None chosen: all of them.", PRACTICE_CHOICES)
    contract_models = _places(
        "Contracts for which it holds", "None chosen: for every one.", _choices(ContractModel)
    )
    sizes = _places("Sizes for which it holds", "None chosen: for every size.", _choices(Size))
    author_withheld = forms.BooleanField(
        label="Keep my name out of it",
        required=False,
        help_text="Nobody sees who wrote it; the ledger of your organisation still holds it.",
    )

    ASKED = ("title", "context", "what_happened", "root_cause", "effect", "preventive_action")
    MORE = (
        "kind", "cause", "warning_signs", "was_a_risk", "effect_amount", "effect_currency",
        "effect_days",
    )  # fmt: skip
    APPLIES = ("stages", "service_types", "practices", "contract_models", "sizes")

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the questions that everybody answers."""
        return [self[name] for name in self.ASKED]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return what may wait."""
        return [self[name] for name in self.MORE]

    @property
    def applies(self) -> list[forms.BoundField]:
        """Return the fields that say where the lesson holds."""
        return [self[name] for name in self.APPLIES]

    @property
    def opens_more(self) -> bool:
        """Return whether what may wait holds an error, so that it is shown open."""
        folded = (*self.MORE, *self.APPLIES, "author_withheld")
        return any(self.errors.get(name) for name in folded)

    def clean_effect_currency(self) -> str:
        """Return the currency in capitals."""
        return str(self.cleaned_data["effect_currency"]).strip().upper()

    def wording(self) -> LessonWording:
        """Return what a valid form says."""
        told = {each.name: self.cleaned_data[each.name] for each in fields(LessonWording)}
        whys = [line.strip() for line in self.cleaned_data["whys"].splitlines() if line.strip()]
        if whys:
            told["root_cause"] = _with_whys(told["root_cause"], whys)
        return LessonWording(
            **told
            | {
                "practices": [int(number) for number in told["practices"]],
                "kind": LessonKind(told["kind"] or LessonKind.NEGATIVE),
                "cause": Cause(told["cause"]) if told["cause"] else None,
                "was_a_risk": WasARisk(told["was_a_risk"] or WasARisk.UNKNOWN),
            }
        )


def _with_whys(root_cause: str, whys: list[str]) -> str:
    """Return the root cause with the answers that led to it; the last of them if none is told."""
    asked = "\n".join(f"{number}. {why}" for number, why in enumerate(whys, 1))
    return f"{root_cause.strip() or whys[-1]}\n\nWhy by why:\n{asked}"


def initial_of(lesson: Lesson) -> dict[str, Any]:
    """Return a stored lesson as the form shows it at first."""
    wording = wording_of(lesson)
    told = {name: getattr(wording, name) for name in LessonForm.base_fields if name != "whys"}
    return told | {"practices": [str(number) for number in wording.practices]}
