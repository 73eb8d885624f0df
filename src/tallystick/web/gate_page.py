"""The gate of an engagement's stage: lessons to answer, findings to mend, and the way on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.match import Match
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_from
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.organisations import providers_known_to
from tallystick.records.roles import Duty
from tallystick.records.snapshot_rows import Rows, rows_of
from tallystick.records.snapshots import matches_of
from tallystick.web.forms.gates import AnswerForm, AppointForm, Choices
from tallystick.web.frames import frame
from tallystick.web.gate_words import Gate, gate_now
from tallystick.web.lookup import ViewerRequest
from tallystick.web.places import Places

UNANSWERED = "LES001"
NOT_SUGGESTED = "Not suggested at this stage; it may be answered all the same."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A lesson that asks for an answer; `answered` says that its answer stands today."""

    lesson: Lesson
    reasons: tuple[str, ...]
    disposition: Disposition | None
    embodied: str
    answered: bool
    form: AnswerForm

    @property
    def status(self) -> str:
        """Return the disposition as a status word."""
        return self.disposition.answer if self.disposition else "unanswered"


@dataclass(frozen=True, slots=True)
class GatePage:
    """Everything a gate shows, before it is drawn."""

    request: ViewerRequest
    engagement: Engagement
    rows: Rows
    findings: list[Finding]
    choices: Choices
    now: datetime

    @classmethod
    def of(cls, request: ViewerRequest, engagement: Engagement) -> "GatePage":
        """Return the gate as it stands now."""
        now = datetime.now(UTC)
        rows = rows_of([engagement], now.date())[engagement.pk]
        choices = Choices.of(engagement, request.viewer)
        return cls(request, engagement, rows, findings_from(engagement, rows, now), choices, now)

    @property
    def gate(self) -> Gate:
        """Return whether the gate is open, and what it waits for."""
        return gate_now(self.engagement, self.findings)

    def suggestions(self, asked: Mapping[str, AnswerForm]) -> list[Suggestion]:
        """Return the lessons, those without an answer first; `asked` are forms to show again."""
        lessons = {lesson.public_id: lesson for lesson in self.rows.lessons}
        matched = [
            self._suggestion(lessons[match.lesson_id], match, asked)
            for match in matches_of(self.engagement, self.rows)
        ]
        return sorted(matched, key=lambda each: each.answered)

    def _suggestion(
        self, lesson: Lesson, match: Match, asked: Mapping[str, AnswerForm]
    ) -> Suggestion:
        given = next((d for d in self.rows.dispositions if d.lesson_id == lesson.pk), None)
        form = asked.get(lesson.public_id) or AnswerForm.of(
            lesson.public_id, self.choices, None, given
        )
        return Suggestion(
            lesson, tuple(match.reasons), given, self._embodied(given), self._stands(given), form
        )

    def _embodied(self, given: Disposition | None) -> str:
        """Return what embodies an adopted lesson, as people call it."""
        if given is None or not given.embodied_in:
            return ""
        wanted = f"{given.embodied_in}:{given.embodied_id}"
        known = {each.key: f"{each.kind.words}: {each.label}" for each in self.choices.embodiments}
        return known.get(wanted, "Something that is no longer there")

    def _stands(self, given: Disposition | None) -> bool:
        if given is None:
            return False
        until = given.deferred_until
        return given.answer != Answer.DEFERRED or (until is not None and until >= self.now.date())

    def answer(
        self,
        *,
        answering: tuple[Lesson, AnswerForm] | None = None,
        appointing: AppointForm | None = None,
    ) -> HttpResponse:
        """Draw the page; with a form that was refused it answers 422 and shows that form again."""
        asked = {answering[0].public_id: answering[1]} if answering else {}
        suggestions = self.suggestions(asked)
        if answering and answering[0].public_id not in {s.lesson.public_id for s in suggestions}:
            extra = Match(answering[0].public_id, 0, [NOT_SUGGESTED])
            suggestions.insert(0, self._suggestion(answering[0], extra, asked))
        shown = (
            self._context()
            | {
                "suggestions": suggestions,
                "waiting_words": _waiting_words(suggestions),
                "wrong": answering[1] if answering else appointing,
                "appoint": appointing or self._appoint_form(),
            }
            | self._provider_words()
        )
        status = 422 if answering or appointing else 200
        return render(self.request, "gates/show.html", shown, status=status)

    def _appoint_form(self) -> AppointForm | None:
        viewer = self.request.viewer
        selecting = self.engagement.stage == Stage.SELECT
        return AppointForm(viewer) if selecting and viewer.may(Duty.PLAN_ENGAGEMENT) else None

    def _provider_words(self) -> dict[str, str]:
        provider = self.engagement.provider
        if provider is None:
            note = "Nobody is appointed yet."
            if not providers_known_to(self.request.viewer).exists():
                note += " Whoever runs this installation admits a provider's people first."
            return {"provider_note": note, "appoint_label": "Appoint"}
        note = f"{provider.name} is appointed. Until the gate is passed you may choose again."
        return {"provider_note": note, "appoint_label": "Appoint another"}

    def _context(self) -> dict[str, Any]:
        viewer, gate = self.request.viewer, self.gate
        places = Places(viewer, self.engagement, self.rows)
        # The lessons stand on the page themselves, each with its form.
        told = [places.shown(each) for each in self.findings if each.code != UNANSWERED]
        return frame(self.request, self.engagement, "gate") | {
            "audience": "private",
            "party": viewer.organisation.name,
            "gate": gate,
            "gate_title": f"{gate.stage.capitalize()} gate",
            "pass_icon": "lock-open" if gate.open else "lock-closed",
            "blocking": [each for each in told if each[0] in gate.blocking],
            "others": [each for each in told if each[0] not in gate.blocking],
            "may_plan": viewer.may(Duty.PLAN_ENGAGEMENT),
            "may_rate": viewer.may(Duty.PUBLISH_LESSON),
        }


def _waiting_words(suggestions: list[Suggestion]) -> str:
    waiting = sum(not each.answered for each in suggestions)
    if not waiting:
        return "All of them are answered."
    return f"{waiting} of {len(suggestions)} {'waits' if waiting == 1 else 'wait'} for an answer."
