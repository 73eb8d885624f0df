"""The steps of the demo's story: plan, select, agree, pass gates, learn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.answer_lesson import answer_lesson
from tallystick.actions.appoint_provider import appoint_provider
from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.pass_gate import pass_gate as pass_the_gate
from tallystick.actions.plan_engagement import plan_engagement
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.actions.publish_lesson import LessonWording, publish_lesson
from tallystick.actions.record_agreement import record_agreement
from tallystick.actions.sign_agreement import sign_agreement
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.cli.demo import documents
from tallystick.cli.demo.first_risks import fear_of_a_late_transition, relief_at_the_acceptance
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import PASSWORD, Cast
from tallystick.engine.guardrails.snapshot import Answer, ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.agreements import Agreement
from tallystick.records.embodiments import embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Lesson
from tallystick.records.organisations import Organisation
from tallystick.records.reviews import ReviewFinding
from tallystick.records.snapshots import matches_for


@dataclass(frozen=True, slots=True)
class Steps:
    """What the cast does again and again."""

    cast: Cast

    def planned(
        self,
        *,
        name: str,
        scope: str,
        service_type: ServiceType,
        first: Month,
        last: Month,
        as_of: datetime,
    ) -> Engagement:
        return plan_engagement(
            name=name,
            scope=scope,
            service_type=service_type,
            starts_on=first.first,
            ends_on=last.first,
            by=self.cast.ada,
            as_of=as_of,
        )

    def engaged(
        self,
        *,
        name: str,
        scope: str,
        service_type: ServiceType,
        provider: Organisation,
        first: Month,
        last: Month,
        award: Callable[[Engagement], None] | None = None,
    ) -> Engagement:
        """Take an engagement from its plan through selection; `award` holds a competition."""
        engagement = self.planned(
            name=name,
            scope=scope,
            service_type=service_type,
            first=first,
            last=last,
            as_of=first.plus(-5).at(3, 9),
        )
        state_objective(
            engagement=engagement,
            wording=an_objective("Raise the satisfaction of users with support", first, last),
            by=self.cast.ada,
            as_of=first.plus(-5).at(4, 9),
        )
        self.pass_gate(engagement, first.plus(-4).at(3, 9))
        if award:
            award(engagement)
        else:
            self._appointed(engagement, provider, first.plus(-2).at(3, 9))
        self.pass_gate(engagement, first.plus(-2).at(4, 9))
        self._acknowledge(engagement, first.plus(-2).at(6, 9))
        return engagement

    def _appointed(self, engagement: Engagement, provider: Organisation, as_of: datetime) -> None:
        appoint_provider(
            engagement=engagement,
            provider=provider,
            reason="Best value on the agreed criteria; two former clients called.",
            by=self.cast.ada,
            as_of=as_of,
        )

    def agreed(
        self,
        engagement: Engagement,
        provider: str,
        first: Month,
        last: Month,
        *,
        until: Stage,
        with_holidays: bool = True,
        with_every_kind: bool = False,
        on_paper: bool = False,
    ) -> Agreement:
        """Agree, in Tallystick or on paper, and pass the gates up to the stage asked for."""
        document = documents.agreement(
            name=engagement.name.lower().replace(" ", "-"),
            title=f"{engagement.name} services",
            provider=provider,
            first=first,
            last=last,
            with_holidays=with_holidays,
            with_every_kind=with_every_kind,
        )
        agree = self._recorded if on_paper else self.countersigned
        agreement = agree(engagement, document, first.plus(-1))
        while Stage(engagement.stage) is not until:
            agreeing = engagement.stage == Stage.AGREE
            # The transition is accepted once the agreement is in force, not before.
            day = first.plus(-1).at(24, 9) if agreeing else first.at(2, 9)
            self.pass_gate(engagement, day)
        return agreement

    def _recorded(
        self, engagement: Engagement, document: dict[str, Any], month: Month
    ) -> Agreement:
        return record_agreement(
            engagement=engagement,
            document=document,
            signed_on=month.day(20),
            by=self.cast.ada,
            as_of=month.at(20, 9),
        )

    def countersigned(
        self, engagement: Engagement, document: dict[str, Any], month: Month
    ) -> Agreement:
        """Draft, propose and sign a version in a month: the client first, then the provider."""
        ada, signatory = self.cast.ada, self.cast.signatory_of(engagement.provider)
        draft = draft_agreement(
            engagement=engagement, document=document, by=ada, as_of=month.at(14, 9)
        )
        proposed = propose_agreement(agreement=draft, by=ada, as_of=month.at(16, 10))
        for signer, day in ((ada, month.at(18, 9)), (signatory, month.at(20, 9))):
            sign_agreement(
                agreement=proposed, digest=proposed.digest, password=PASSWORD, by=signer, as_of=day
            )
        proposed.refresh_from_db()
        return proposed

    def pass_gate(self, engagement: Engagement, as_of: datetime) -> None:
        """Answer what the gate asks for, and pass it."""
        self.answered(engagement, as_of)
        if engagement.stage == Stage.DEFINE:
            fear_of_a_late_transition(engagement, self.cast.ada, as_of)
        if engagement.stage == Stage.TRANSITION:
            relief_at_the_acceptance(engagement, self.cast.ada, as_of)
        pass_the_gate(engagement=engagement, by=self.cast.ada, as_of=as_of)
        engagement.refresh_from_db()

    def answered(self, engagement: Engagement, as_of: datetime) -> None:
        """Answer every lesson that is suggested at the engagement's stage."""
        # The first objective is what everything else is measured by.
        embodied = embodiments_of(engagement, self.cast.ada)[0].key
        for match in matches_for(engagement):
            answer_lesson(
                engagement=engagement,
                lesson=Lesson.objects.get(public_id=match.lesson_id),
                answer=Answer.ADOPTED,
                note="Written into the plan of this engagement.",
                embodied=embodied,
                by=self.cast.ada,
                as_of=as_of,
            )

    def _acknowledge(self, engagement: Engagement, as_of: datetime) -> None:
        by = self.cast.cleo if engagement.provider == self.cast.baltic else self.cast.dan
        for objective in engagement.objectives.all():
            acknowledge_objective(objective=objective, by=by, as_of=as_of)

    def taught(
        self, wording: LessonWording, engagement: Engagement | None, as_of: datetime
    ) -> Lesson:
        """Publish a lesson, from the newest finding of the engagement if it has one."""
        finding = None
        if engagement is not None:
            found = ReviewFinding.objects.filter(engagement=engagement)
            finding = found.order_by("-review__held_at", "id").first()
        return publish_lesson(wording=wording, finding=finding, by=self.cast.ben, as_of=as_of)


def an_objective(
    statement: str,
    first: Month,
    due: Month,
    *,
    unit: str = "points of 10",
    baseline_value: str = "6.4",
    target: str = "8",
    provider_owner: str = "The provider's delivery lead",
) -> ObjectiveWording:
    """Return an objective that lacks nothing."""
    return ObjectiveWording(
        statement=statement,
        measure="Quarterly survey" if unit.startswith("points") else "Median of the change log",
        unit=unit,
        baseline_value=baseline_value,
        baseline_on=first.plus(-6).day(1),
        baseline_method="Measured over the two months before",
        target=target,
        due_on=due.first,
        source="Survey tool" if unit.startswith("points") else "Change log",
        client_owner="Ben Hartmann",
        provider_owner=provider_owner,
    )
