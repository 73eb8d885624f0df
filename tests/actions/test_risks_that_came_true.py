"""A risk that came true: the issue that it becomes, and that a private one stays private."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tallystick.actions.raise_issue import IssueRefused, IssueWording, NobodyToAnswer, raise_issue
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.actions.texts import TextNeeded
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_of
from tallystick.records.issued import foreseen_by, issues_from
from tallystick.records.issues import Escalation, Issue
from tallystick.records.ledger import LedgerEntry
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.risks import PrivateRisk, PrivateRiskStep, Risk, StepKind
from tallystick.records.roles import Role, Side
from tests.cast import TODAY, a_viewer, an_engagement
from tests.risking import a_priced_risk, a_risk

pytestmark = pytest.mark.django_db

HAPPENED = Occurrence(TODAY.date(), "Three left.", Decimal(40_000))
TOLD = replace(HAPPENED, issue_title="The desk is thin", issue_words="Since Monday.")


def test_a_shared_risk_becomes_an_issue_that_asks_the_other_side() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_priced_risk(engagement, lead)
    assert isinstance(risk, Risk)

    record_occurrence(risk=risk, occurrence=HAPPENED, by=lead, as_of=TODAY)

    issue = Issue.objects.get()
    assert (issue.risk, issue.title, issue.what_happened) == (risk, risk.title, "Three left.")
    assert (issue.cost, issue.currency, issue.severity) == (40_000, "EUR", risk.level)
    assert Escalation.objects.get().side == Side.PROVIDER
    raised = LedgerEntry.objects.get(action="raise_issue")
    assert raised.payload["risk"] == risk.public_id
    assert list(issues_from(lead, risk)) == [issue]


def test_the_provider_that_records_it_asks_the_client() -> None:
    lead, cleo, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()

    record_occurrence(risk=a_risk(engagement, lead), occurrence=HAPPENED, by=cleo, as_of=TODAY)

    assert Escalation.objects.get().side == Side.CLIENT
    # Nobody said in which currency the register counts: the cost stands in the history alone.
    assert (Issue.objects.get().cost, Issue.objects.get().currency) == (None, "")


def test_each_time_that_it_comes_true_is_an_issue_of_its_own() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)

    for words in ("Once.", "Twice."):
        again = Occurrence(TODAY.date(), words, again=True)
        record_occurrence(risk=risk, occurrence=again, by=lead, as_of=TODAY)

    assert [each.what_happened for each in issues_from(lead, risk)] == ["Twice.", "Once."]


def test_a_service_level_that_the_agreement_has_not_is_left_out() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    risk.service_level = "gone"
    risk.save()

    record_occurrence(risk=risk, occurrence=HAPPENED, by=lead, as_of=TODAY)

    assert Issue.objects.get().service_level == ""


def test_before_anybody_could_answer_it_is_kept_without_an_issue() -> None:
    lead, engagement = a_viewer(), an_engagement(stage=Stage.DEFINE, provider=None)

    risk = record_occurrence(
        risk=a_risk(engagement, lead), occurrence=HAPPENED, by=lead, as_of=TODAY
    )

    assert risk.status == "occurred"
    assert not Issue.objects.exists()


def test_an_issue_that_nobody_could_answer_is_refused_and_nothing_is_kept() -> None:
    lead, engagement = a_viewer(), an_engagement(stage=Stage.DEFINE, provider=None)
    risk = a_risk(engagement, lead, register=PRIVATE)

    with pytest.raises(NobodyToAnswer):
        record_occurrence(risk=risk, occurrence=TOLD, by=lead, as_of=TODAY)

    assert PrivateRisk.objects.get().status == "identified"


def test_a_private_risk_becomes_no_issue_by_itself() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead, "The supplier fails", register=PRIVATE)

    record_occurrence(risk=risk, occurrence=HAPPENED, by=lead, as_of=TODAY)

    assert PrivateRisk.objects.get().status == "occurred"
    assert not Issue.objects.exists()
    assert not LedgerEntry.objects.filter(engagement=engagement).exists()


def test_of_a_private_risk_the_provider_reads_what_it_is_told() -> None:
    lead, cleo, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()
    risk = a_risk(engagement, lead, "The supplier fails", register=PRIVATE)

    record_occurrence(risk=risk, occurrence=TOLD, by=lead, as_of=TODAY)

    issue = Issue.objects.get()
    assert (issue.risk, issue.title, issue.what_happened) == (
        None, "The desk is thin", "Since Monday.",
    )  # fmt: skip
    assert (issue.cost, issue.cause) == (None, "")
    assert PrivateRiskStep.objects.get(kind=StepKind.OCCURRED).issue == issue
    assert foreseen_by(lead, [issue]) == {issue.pk: risk}
    assert foreseen_by(cleo, [issue]) == {}
    assert list(issues_from(lead, risk)) == [issue]
    assert list(issues_from(cleo, risk)) == []
    for entry in LedgerEntry.objects.filter(engagement=engagement):
        assert risk.public_id not in str(entry.payload)
        assert "supplier fails" not in f"{entry.payload}{entry.sentence}"


@pytest.mark.parametrize("name", ["issue_title", "issue_words"])
def test_an_issue_of_a_private_risk_borrows_no_words(name: str) -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead, register=PRIVATE)

    with pytest.raises(TextNeeded) as refused:
        record_occurrence(risk=risk, occurrence=replace(TOLD, **{name: " "}), by=lead, as_of=TODAY)

    assert refused.value.place == name
    assert not Issue.objects.exists()
    assert PrivateRisk.objects.get().status == "identified"


def test_an_issue_names_no_risk_of_another_engagement() -> None:
    lead, engagement = a_viewer(), an_engagement()
    other = a_risk(an_engagement(name="Another desk"), lead)
    assert isinstance(other, Risk)

    with pytest.raises(IssueRefused) as refused:
        raise_issue(
            engagement=engagement,
            wording=IssueWording("Slow", "All week.", risk=other),
            by=lead,
            as_of=TODAY,
        )

    assert refused.value.place == "risk"


def surprises(engagement: Engagement) -> list[str]:
    """Return the sentences on issues that no risk foresaw."""
    found = findings_of(engagement, TODAY)
    return [each.sentence for each in found if (each.code, each.place) == ("RSK004", "issues")]


def test_what_a_risk_of_either_register_foresaw_is_no_surprise() -> None:
    lead, engagement = a_viewer(), an_engagement()
    for number in range(2):
        risk = a_risk(engagement, lead, f"Shared {number}")
        record_occurrence(risk=risk, occurrence=HAPPENED, by=lead, as_of=TODAY)
    hidden = a_risk(engagement, lead, "Private", register=PRIVATE)
    record_occurrence(risk=hidden, occurrence=TOLD, by=lead, as_of=TODAY)
    assert surprises(engagement) == []

    for number in range(3):
        wording = IssueWording(f"Unforeseen {number}", "It came from nowhere.")
        raise_issue(engagement=engagement, wording=wording, by=lead, as_of=TODAY)

    (surprise,) = surprises(engagement)
    assert surprise.startswith("3 of 6 issues")
