"""The register of risks: identified, priced, reviewed, answered, come true, closed, shared."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tallystick.actions.assess_risk import AssessmentRefused, assess_risk
from tallystick.actions.close_risk import close_risk
from tallystick.actions.identify_risk import (
    RiskAlike,
    RiskPartRefused,
    RiskWording,
    identify_risk,
)
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.reopen_risk import NotReopened, reopen_risk
from tallystick.actions.respond_to_risk import ResponseWording, respond_to_risk
from tallystick.actions.review_risk import review_risk
from tallystick.actions.risks_kept import RiskOver, RiskPersonRefused
from tallystick.actions.share_risk import share_risk
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk.links import RisksCircular
from tallystick.engine.risk.refused import AmountOutOfRange, ChanceOutOfRange, OutOfOrder
from tallystick.records.ledger import LedgerEntry
from tallystick.records.risk_prices import PriceRefused
from tallystick.records.risk_registers import PRIVATE, SHARED, risk_review_due
from tallystick.records.risks import PrivateRisk, Risk, RiskStep, StepKind
from tallystick.records.roles import Role
from tests.cast import TODAY, a_viewer, an_engagement
from tests.risking import LOSS, RATE, a_plan, a_priced_risk, a_risk, an_assessment

pytestmark = pytest.mark.django_db


def test_a_risk_is_kept_with_its_first_step_and_its_entry() -> None:
    lead, engagement = a_viewer(), an_engagement()

    risk = a_risk(engagement, lead)

    assert (risk.status, risk.identified_on) == ("identified", TODAY.date())
    assert RiskStep.objects.get().kind == StepKind.IDENTIFIED
    assert LedgerEntry.objects.get(engagement=engagement).action == "identify_risk"


def test_what_is_identified_before_the_award_is_the_clients_own_story() -> None:
    lead, engagement = a_viewer(), an_engagement(stage=Stage.DEFINE, provider=None)

    a_risk(engagement, lead)

    assert not LedgerEntry.objects.filter(engagement=engagement).exists()
    assert LedgerEntry.objects.filter(client=lead.organisation).exists()


def test_the_private_register_is_the_clients() -> None:
    cleo, engagement = a_viewer(Role.DELIVERY_LEAD), an_engagement()

    with pytest.raises(NotPermitted):
        a_risk(engagement, cleo, register=PRIVATE)

    assert not PrivateRisk.objects.exists()


def test_a_private_risk_is_owned_by_somebody_who_can_read_it() -> None:
    lead, cleo, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()

    with pytest.raises(RiskPersonRefused) as refused:
        a_risk(engagement, lead, register=PRIVATE, owner=cleo.person)

    assert refused.value.place == "owner"
    assert a_risk(engagement, lead, owner=cleo.person).owner == cleo.person


@pytest.mark.parametrize(
    ("title", "place"),
    [("KEY PEOPLE LEAVE", "title"), ("Key people may leave us", "different")],
)
def test_a_risk_of_nearly_the_same_words_is_shown_first(title: str, place: str) -> None:
    lead, engagement = a_viewer(), an_engagement()
    a_risk(engagement, lead)
    wording = RiskWording(title=title, category="people", owner=lead.person)

    with pytest.raises(RiskAlike, match="Key people leave") as refused:
        identify_risk(
            engagement=engagement, register=SHARED, wording=wording, by=lead, as_of=TODAY,
        )  # fmt: skip

    assert refused.value.place == place
    assert Risk.objects.count() == 1


def test_a_circle_of_risks_is_refused_by_name() -> None:
    lead, engagement = a_viewer(), an_engagement()
    first = a_risk(engagement, lead, "Demand doubles")
    second = a_risk(engagement, lead, "Backlog grows", leads_to=first)
    wording = RiskWording("Demand doubles", "delivery", lead.person, leads_to=second)

    with pytest.raises(RisksCircular, match="Backlog grows") as refused:
        identify_risk(
            engagement=engagement, register=SHARED, wording=wording, amends=first, by=lead,
            as_of=TODAY,
        )  # fmt: skip

    first.refresh_from_db()
    assert first.leads_to is None
    assert refused.value.place == "leads_to"


def test_an_unknown_category_names_those_there_are() -> None:
    lead, engagement = a_viewer(), an_engagement()

    with pytest.raises(RiskPartRefused) as refused:
        a_risk(engagement, lead, category="weather")

    assert "concentration" in refused.value.remedy


def test_an_assessment_prices_what_is_there_and_what_is_left() -> None:
    lead, engagement = a_viewer(), an_engagement()

    risk = a_priced_risk(engagement, lead)

    before, after = risk.assessed["inherent"], risk.assessed["residual"]
    assert Decimal(before["expected"]) == Decimal("175666.67")
    assert risk.expected == Decimal(after["expected"]) == Decimal("87833.33")
    assert 0 < risk.p80 < Decimal(before["p80"])
    assert (risk.status, risk.level) == ("assessed", after["level"])
    assert RiskStep.objects.get(kind="assessed").expected == risk.expected


def test_the_same_figures_give_the_same_assessment_whoever_asks() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_priced_risk(engagement, lead)
    once = risk.assessed

    again = assess_risk(risk=risk, assessment=an_assessment(), by=a_viewer(), as_of=TODAY)

    assert again.assessed == once


def test_what_is_left_can_be_stated_instead() -> None:
    lead, engagement = a_viewer(), an_engagement()
    left = {"frequency": {"kind": "once", "chance": "0.1"}, "magnitude": LOSS}

    risk = assess_risk(
        risk=a_risk(engagement, lead), assessment=an_assessment(residual=left), by=lead, as_of=TODAY
    )

    assert risk.expected == Decimal("20666.67")
    assert risk.assessed["by_hand"]


@pytest.mark.parametrize(
    ("frequency", "magnitude", "refusal", "place"),
    [
        (RATE, LOSS | {"likely": "10"}, OutOfOrder, "inherent.magnitude.low"),
        (RATE, LOSS | {"low": "-5"}, AmountOutOfRange, "inherent.magnitude.low"),
        ({"kind": "once", "chance": "1.2"}, LOSS, ChanceOutOfRange, "inherent.frequency.chance"),
        ({"kind": "often"}, LOSS, PriceRefused, "inherent.frequency.kind"),
        (RATE, {"kind": "pert", "low": "1"}, PriceRefused, "inherent.magnitude.likely"),
        (RATE, LOSS | {"high": "a lot"}, PriceRefused, "inherent.magnitude.high"),
    ],
)
def test_what_cannot_be_priced_is_refused_with_its_place(
    frequency: dict[str, str], magnitude: dict[str, str], refusal: type[Refusal], place: str
) -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    price = {"frequency": frequency, "magnitude": magnitude}

    with pytest.raises(refusal) as refused:
        assess_risk(risk=risk, assessment=an_assessment(inherent=price), by=lead, as_of=TODAY)

    risk.refresh_from_db()
    assert refused.value.place == place
    assert risk.assessed == {}


def test_one_register_counts_in_one_currency() -> None:
    lead, engagement = a_viewer(), an_engagement()
    a_priced_risk(engagement, lead)
    other = a_risk(engagement, lead, "The supplier is sold")

    with pytest.raises(AssessmentRefused, match="counts in EUR"):
        assess_risk(
            risk=other, assessment=replace(an_assessment(), currency="USD"), by=lead, as_of=TODAY
        )


def test_a_review_is_due_sooner_where_the_risk_is_high() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_priced_risk(engagement, lead)
    days = 30 if risk.level == "high" else 90

    assert risk_review_due(risk) == TODAY.date() + timedelta(days=days)
    risk.level = "high"
    assert risk_review_due(risk) == TODAY.date() + timedelta(days=30)


def test_a_review_is_kept_and_the_next_one_counts_from_it() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    later = TODAY + timedelta(days=40)

    risk = review_risk(risk=risk, note="Two have given notice.", by=lead, as_of=later)

    assert risk.reviewed_on == later.date()
    assert RiskStep.objects.get(kind="reviewed").note == "Two have given notice."


def test_a_response_names_what_is_done_and_the_plan_that_stands_ready() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk, plan = a_risk(engagement, lead), a_plan(engagement, lead)

    wording = ResponseWording("fallback", "A pool of our own.", lead.person, plan)
    risk = respond_to_risk(risk=risk, wording=wording, by=lead, as_of=TODAY)

    assert (risk.status, risk.response, risk.plan) == ("responding", "fallback", plan)


def test_new_words_leave_whoever_does_what_is_done() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    wording = ResponseWording("reduce", "Train two more.", lead.person)
    respond_to_risk(risk=risk, wording=wording, by=lead, as_of=TODAY)

    a_risk(engagement, lead, "Key people go", amends=risk)

    assert Risk.objects.get(pk=risk.pk).actionee == lead.person


def test_a_plan_of_the_other_register_is_no_response() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk, plan = a_risk(engagement, lead), a_plan(engagement, lead, PRIVATE)

    with pytest.raises(RiskPartRefused):
        respond_to_risk(
            risk=risk, wording=ResponseWording("fallback", "Ours.", None, plan), by=lead,
            as_of=TODAY,
        )  # fmt: skip


def test_a_risk_that_came_true_is_over_unless_it_may_come_again() -> None:
    lead, engagement = a_viewer(), an_engagement()
    once, often = a_risk(engagement, lead), a_risk(engagement, lead, "Demand doubles")
    happened = Occurrence(TODAY.date(), "Three left.", Decimal(40_000))

    record_occurrence(risk=once, occurrence=happened, by=lead, as_of=TODAY)
    record_occurrence(risk=often, occurrence=replace(happened, again=True), by=lead, as_of=TODAY)

    rows = Risk.objects.order_by("id").values_list("status", "closed_on")
    assert list(rows) == [("occurred", TODAY.date()), ("occurred", None)]


def test_what_happened_before_it_was_foreseen_is_no_occurrence() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)

    with pytest.raises(RiskPartRefused) as refused:
        record_occurrence(
            risk=risk, occurrence=Occurrence(date(2026, 7, 5), "It was."), by=lead, as_of=TODAY
        )

    assert refused.value.place == "on"


def test_a_closed_risk_is_reopened_before_it_changes() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = close_risk(risk=a_priced_risk(engagement, lead), note="Over.", by=lead, as_of=TODAY)

    with pytest.raises(RiskOver):
        review_risk(risk=risk, note="Still?", by=lead, as_of=TODAY)

    assert reopen_risk(risk=risk, note="Not over.", by=lead, as_of=TODAY).status == "assessed"


@pytest.mark.parametrize("figures", [True, False])
def test_a_private_risk_is_shared_with_or_without_its_figures(figures: bool) -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead, register=PRIVATE)
    risk = assess_risk(risk=risk, assessment=an_assessment(), by=lead, as_of=TODAY)
    assert isinstance(risk, PrivateRisk)

    shared = share_risk(risk=risk, with_figures=figures, owner=None, by=lead, as_of=TODAY)

    risk.refresh_from_db()
    assert (risk.shared_as, risk.status) == (shared, "closed")
    assert bool(shared.assessed) is figures
    with pytest.raises(NotReopened):
        reopen_risk(risk=risk, note="Ours again.", by=lead, as_of=TODAY)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EVALUATOR, Role.EXECUTIVE])
def test_who_only_reads_changes_nothing(role: Role) -> None:
    reader, engagement = a_viewer(role), an_engagement()

    with pytest.raises(NotPermitted):
        a_risk(engagement, reader)

    assert not Risk.objects.exists()
