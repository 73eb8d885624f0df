"""Echo: the word of the provider's delivery lead on what changed, beside its account manager's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.audience import EngagementShared
from tallystick.records.engagements import GatePassage
from tallystick.records.objectives import Objective
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role
from tallystick.records.snapshot_objectives import shared_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from tallystick.records.engagements import Engagement
    from tallystick.records.people import Person


class EchoKind(StrEnum):
    """What changed."""

    OBJECTIVE = "objective"
    AGREEMENT = "agreement"


class Echo(EngagementShared):
    """
    The delivery lead has read one version of an objective, or one version of the agreement.

    An acknowledgement of an objective that a delivery lead gave is an echo already: nobody is
    asked twice. `words` say what it changes for the team, in the lead's own words.
    """

    kind = models.CharField(max_length=9, choices=[(k.value, k.value) for k in EchoKind])
    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="echoes", null=True, blank=True
    )
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="echoes", null=True, blank=True
    )
    version = models.PositiveIntegerField()
    words = models.TextField(blank=True)
    echoed_at = models.DateTimeField()
    echoed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=EchoKind.OBJECTIVE.value, agreement=None)
                & models.Q(objective__isnull=False)
                | models.Q(kind=EchoKind.AGREEMENT.value, objective=None)
                & models.Q(agreement__isnull=False),
                name="an_echo_is_of_one_change",
            ),
            models.UniqueConstraint(
                fields=["objective", "version"], name="a_wording_is_echoed_once"
            ),
            models.UniqueConstraint(fields=["agreement"], name="an_agreement_is_echoed_once"),
        ]


@dataclass(frozen=True, slots=True)
class Word:
    """Who gave the delivery team's word, when, and what it means for the team."""

    at: datetime
    by: Person
    words: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change that the delivery lead is asked about, and the word on it if it is there."""

    kind: EchoKind
    what: Objective | Agreement
    subject: str
    version: int
    changed_on: date
    word: Word | None


class DeliveryLeads:
    """Who led delivery for some providers, and when; one query."""

    def __init__(self, engagements: Iterable[Engagement]) -> None:
        providers = {each.provider_id for each in engagements if each.provider_id}
        self._terms = list(
            Membership.objects.filter(
                organisation__in=providers, role=Role.DELIVERY_LEAD.value
            ).values_list("person", "organisation", "since", "ended_at")
        )

    def led(self, person_id: int, provider_id: int | None, at: datetime) -> bool:
        """Return whether somebody led a provider's delivery at a moment."""
        return any(
            (who, where) == (person_id, provider_id)
            and since <= at
            and (ended is None or at < ended)
            for who, where, since, ended in self._terms
        )


@dataclass(frozen=True, slots=True)
class Echoes:
    """What was said about the changes of some engagements; two queries, however many there are."""

    leads: DeliveryLeads
    rows: Mapping[int, Sequence[Echo]]

    @classmethod
    def of(cls, engagements: Sequence[Engagement]) -> Echoes:
        """Read them."""
        rows: dict[int, list[Echo]] = {each.pk: [] for each in engagements}
        stored = Echo.objects.filter(engagement__in=list(engagements)).select_related("echoed_by")
        for each in stored.order_by("id"):
            rows[each.engagement_id].append(each)
        return cls(DeliveryLeads(engagements), rows)

    def changes(
        self,
        engagement: Engagement,
        objectives: Iterable[Objective],
        agreements: Iterable[Agreement],
        opened_on: date | None,
        on: date,
    ) -> list[Change]:
        """
        Return what the delivery lead is asked about: the wordings and versions that hold or come.

        Read `acknowledgements__acknowledged_by` along with the objectives. Before the award is made
        known there is nobody to ask.
        """
        if engagement.provider_id is None or not engagement.award_is_known:
            return []
        echoed = {(each.kind, each.objective_id or each.agreement_id, each.version): each
                  for each in self.rows[engagement.pk]}  # fmt: skip
        found = [
            Change(
                EchoKind.OBJECTIVE, each, each.statement, each.version, since,
                _word(echoed.get((EchoKind.OBJECTIVE, each.pk, each.version)))
                or self._acknowledged(engagement, each),
            )
            for each in objectives
            if (since := shared_on(each, opened_on))
        ]  # fmt: skip
        for agreement in agreements:
            if on < agreement.in_force_until:
                signed = agreement.state_at.date()
                since = max(signed, opened_on) if opened_on else signed
                key = (EchoKind.AGREEMENT, agreement.pk, agreement.version)
                subject = f"version {agreement.version}"
                found.append(
                    Change(EchoKind.AGREEMENT, agreement, subject, agreement.version, since,
                           _word(echoed.get(key)))
                )  # fmt: skip
        return found

    def _acknowledged(self, engagement: Engagement, objective: Objective) -> Word | None:
        for each in objective.acknowledgements.all():
            led = self.leads.led(
                each.acknowledged_by_id, engagement.provider_id, each.acknowledged_at
            )
            if each.version == objective.version and led:
                return Word(each.acknowledged_at, each.acknowledged_by)
        return None


def _word(echo: Echo | None) -> Word | None:
    return Word(echo.echoed_at, echo.echoed_by, echo.words) if echo else None


def changes_known(engagement: Engagement, on: date) -> list[Change]:
    """Return what the delivery lead of one engagement is asked about, in few queries."""
    passed = GatePassage.objects.filter(engagement=engagement, stage=Stage.SELECT).first()
    objectives = (
        Objective.objects.filter(engagement=engagement)
        .select_related("engagement")
        .prefetch_related("acknowledgements__acknowledged_by")
        .order_by("id")
    )
    agreements = Agreement.objects.filter(
        engagement=engagement, state=AgreementState.IN_FORCE
    ).defer("document")
    return Echoes.of([engagement]).changes(
        engagement,
        objectives,
        agreements.order_by("in_force_from", "id"),
        passed.passed_at.date() if passed else None,
        on,
    )
