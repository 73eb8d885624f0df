"""Drafts of an agreement: their own party's alone, unfinished if need be, until proposed."""

from datetime import date, timedelta
from typing import Any

import pytest

from tallystick.actions.discard_draft import discard_draft
from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.edit_draft import edit_draft
from tallystick.actions.own_drafts import DraftChanged, DraftGone
from tallystick.actions.propose_agreement import NothingChanged, propose_agreement
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.versions import (
    GapUnsaid,
    NumberTaken,
    OtherAgreement,
    OtherParty,
    TooEarlyForAgreement,
)
from tallystick.engine.canonical import NotCanonical
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.service_levels.agreement import AgreementRefused, VersionsOverlap
from tallystick.engine.service_levels.drafts import DraftUnreadable
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.drafts import AgreementDraft
from tallystick.records.ledger import LedgerEntry
from tests.cast import TODAY, an_agreement_document, an_engagement
from tests.proposals import NEXT_YEAR, Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Return who sits at the table."""
    return Table()


def entries(table: Table) -> list[str]:
    """Return what both parties read in the history."""
    chain = LedgerEntry.objects.filter(engagement=table.engagement).order_by("id")
    return [each.sentence for each in chain]


# --- private


def test_a_draft_is_its_own_party_s_alone(table: Table) -> None:
    draft = table.draft()

    assert draft in AgreementDraft.objects.visible_to(table.xen)
    assert not AgreementDraft.objects.visible_to(table.mia).exists()
    assert not Agreement.objects.exists()


def test_a_provider_s_draft_is_hidden_from_the_client(table: Table) -> None:
    draft = table.draft(table.mia)

    assert draft in AgreementDraft.objects.visible_to(table.cleo)
    assert not AgreementDraft.objects.visible_to(table.ada).exists()


@pytest.mark.parametrize("who", ["ada", "mia"])
def test_what_is_done_to_a_draft_stands_in_the_writer_s_chain_only(table: Table, who: str) -> None:
    writer = getattr(table, who)
    draft = table.draft(writer)
    edited = an_agreement_document(title="New")
    edit_draft(agreement=draft, document=edited, by=writer, as_of=TODAY)
    discard_draft(agreement=draft, by=writer, as_of=TODAY)

    assert entries(table) == []
    own = LedgerEntry.objects.filter(client=writer.organisation)
    assert [each.action for each in own.order_by("id")] == [
        "draft_agreement", "edit_draft", "discard_draft",
    ]  # fmt: skip
    other = table.mia if who == "ada" else table.ada
    assert not LedgerEntry.objects.visible_to(other).exists()


def test_a_draft_leaves_no_hole_in_the_numbers(table: Table) -> None:
    table.record()
    for _ in range(3):
        discard_draft(agreement=table.draft(), by=table.ada, as_of=TODAY)

    assert table.propose(table.mia, in_force=NEXT_YEAR).version == 2


@pytest.mark.parametrize("who", ["xen", "cleo"])
def test_only_leads_and_account_managers_draft(table: Table, who: str) -> None:
    with pytest.raises(NotPermitted):
        table.draft(getattr(table, who))


def test_there_is_no_draft_before_the_award(table: Table) -> None:
    engagement = an_engagement(name="Early", stage=Stage.SELECT)

    with pytest.raises(TooEarlyForAgreement):
        draft_agreement(engagement=engagement, document={}, by=table.ada, as_of=TODAY)


# --- written


def test_a_draft_may_be_unfinished(table: Table) -> None:
    draft = draft_agreement(
        engagement=table.engagement, document={"title": "Half"}, by=table.ada, as_of=TODAY
    )

    assert (draft.title, draft.document) == ("Half", {"title": "Half"})


def test_days_of_a_yaml_draft_are_kept_as_text(table: Table) -> None:
    document = {"in_force": {"from": date(2026, 1, 1)}}

    draft = draft_agreement(
        engagement=table.engagement, document=document, by=table.ada, as_of=TODAY
    )

    assert draft.document == {"in_force": {"from": "2026-01-01"}}


def deep(levels: int) -> Any:
    """Return a document that is nested."""
    return {"a": deep(levels - 1)} if levels else "x"


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        ([], DraftUnreadable),
        ({"a": "x\0"}, DraftUnreadable),
        (deep(400), DraftUnreadable),
        ({"a": "x" * 500_001}, DraftUnreadable),
        ({"a": 0.5}, NotCanonical),
        ({1: "x"}, NotCanonical),
    ],
    ids=["a-list", "nul", "deep", "long", "float", "number-as-key"],
)
def test_what_cannot_be_kept_is_refused(table: Table, document: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        draft_agreement(engagement=table.engagement, document=document, by=table.ada, as_of=TODAY)

    assert not AgreementDraft.objects.exists()


def test_the_same_words_again_change_nothing(table: Table) -> None:
    draft = table.draft()

    edit_draft(agreement=draft, document=draft.document, by=table.ada, as_of=TODAY)

    assert LedgerEntry.objects.count() == 1


def test_a_colleague_s_words_are_not_overwritten(table: Table) -> None:
    draft = table.draft()
    seen = draft.digest
    edit_draft(agreement=draft, document={"title": "Mine"}, seen=seen, by=table.ada, as_of=TODAY)

    with pytest.raises(DraftChanged):
        edit_draft(agreement=draft, document={"title": "X"}, seen=seen, by=table.ada, as_of=TODAY)

    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_the_other_party_cannot_touch_a_draft(table: Table) -> None:
    draft = table.draft()

    for act in (discard_draft, propose_agreement):
        with pytest.raises(DraftGone):
            act(agreement=draft, by=table.mia, as_of=TODAY)  # type: ignore[operator]

    assert AgreementDraft.objects.exists()


# --- proposed


def test_a_proposal_is_seen_by_both_and_the_draft_is_gone(table: Table) -> None:
    proposed = table.propose()

    assert (proposed.version, proposed.state) == (1, AgreementState.PROPOSED)
    for who in (table.ada, table.cleo):
        assert proposed in Agreement.objects.visible_to(who)
    assert not AgreementDraft.objects.exists()
    assert entries(table) == ["Proposed version 1 of the agreement “Service desk services”."]


def test_a_proposal_gets_the_next_number(table: Table) -> None:
    table.record(version=4)

    proposed = table.propose(version=1, in_force=NEXT_YEAR)

    assert proposed.version == proposed.document["version"] == 5


def test_an_unfinished_draft_is_not_proposed(table: Table) -> None:
    draft = draft_agreement(
        engagement=table.engagement, document={"title": "Half"}, by=table.ada, as_of=TODAY
    )

    with pytest.raises(AgreementRefused) as refused:
        propose_agreement(agreement=draft, by=table.ada, as_of=TODAY)

    assert len(refused.value.problems) > 3
    assert AgreementDraft.objects.exists()


def test_words_that_a_colleague_changed_are_not_proposed_unread(table: Table) -> None:
    draft = table.draft()
    seen = draft.digest
    changed = an_agreement_document(title="Changed")
    edit_draft(agreement=draft, document=changed, by=table.ada, as_of=TODAY)

    with pytest.raises(DraftChanged):
        propose_agreement(agreement=draft, seen=seen, by=table.ada, as_of=TODAY)


def test_a_counter_proposal_stands_in_the_place_of_the_first(table: Table) -> None:
    first = table.propose()

    second = table.propose(table.mia, title="Countered")

    first.refresh_from_db()
    assert (first.state, second.state) == (AgreementState.REPLACED, AgreementState.PROPOSED)
    assert (second.version, second.proposed_for) == (2, table.mia.organisation)


def test_a_proposal_without_news_is_refused(table: Table) -> None:
    first = table.propose()

    with pytest.raises(NothingChanged):
        table.propose(table.mia)

    first.refresh_from_db()
    assert first.state == AgreementState.PROPOSED


def test_a_proposal_of_another_agreement_is_refused(table: Table) -> None:
    table.record()

    with pytest.raises(OtherAgreement) as refused:
        table.propose(id="sevice-desk", in_force=NEXT_YEAR)

    assert refused.value.remedy.startswith("Write `id: service-desk`")


@pytest.mark.parametrize(
    ("changes", "place", "remedy"),
    [
        ({"provider": "Kestrel Systems"}, "provider", "Write `provider: Baltic Desk`."),
        ({"provider": "Baltic Desktop"}, "provider", "Write `provider: Baltic Desk`."),
        ({"client": "Baltic Desk"}, "client", "Write `client: Nordwind Energy`."),
    ],
)
def test_a_document_between_other_parties_is_neither_proposed_nor_recorded(
    table: Table, changes: dict[str, str], place: str, remedy: str
) -> None:
    for way in (table.propose, table.record):
        with pytest.raises(OtherParty) as refused:
            way(**changes)
        assert (refused.value.place, refused.value.remedy) == (place, remedy)

    assert not Agreement.objects.exists()
    assert not any("roposed version" in each or "Recorded" in each for each in entries(table))


@pytest.mark.parametrize("name", ["Baltic Desk OÜ", "Baltic Desk, Ltd.", "baltic  desk"])
def test_a_party_is_known_with_its_legal_form(table: Table, name: str) -> None:
    assert table.propose(provider=name).document["provider"] == name


def test_two_agreements_of_other_ids_and_one_number_are_refused(table: Table) -> None:
    table.record()

    with pytest.raises(NumberTaken) as refused:
        table.record(id="portal", in_force=NEXT_YEAR)

    assert (refused.value.place, refused.value.remedy) == ("version", "Write `version: 2`.")
    assert Agreement.objects.count() == 1


# --- days (case 19)


def test_overlapping_days_are_refused_with_a_remedy(table: Table) -> None:
    table.record()

    with pytest.raises(VersionsOverlap) as refused:
        table.propose(in_force={"from": "2026-12-01", "until": "2028-01-01"})

    assert refused.value.place == "in_force.from"
    assert refused.value.remedy == "Begin on 2027-01-01, where version 1 ends."
    assert Agreement.objects.count() == 1


def test_a_silent_gap_is_refused(table: Table) -> None:
    table.record()

    with pytest.raises(GapUnsaid) as refused:
        table.propose(in_force={"from": "2027-02-01", "until": "2028-01-01"})

    assert "from 2027-01-01 up to 2027-02-01" in refused.value.message


def test_a_gap_that_is_said_out_loud_is_kept_and_told(table: Table) -> None:
    table.record()

    proposed = table.propose(gap=True, in_force={"from": "2027-02-01", "until": "2028-01-01"})

    assert proposed.accepted_gaps == [["2027-01-01", "2027-02-01"]]
    assert "No agreement is in force from 2027-01-01 up to 2027-02-01." in entries(table)[-1]


def test_a_first_agreement_has_no_gap_before_it(table: Table) -> None:
    proposed = table.propose(in_force={"from": "2030-01-01", "until": "2031-01-01"})

    assert proposed.accepted_gaps == []


def test_a_version_recorded_on_paper_takes_no_proposed_number(table: Table) -> None:
    table.propose()

    with pytest.raises(NumberTaken) as refused:
        table.record(title="Another")

    assert refused.value.remedy == "Write `version: 2`."


def test_later_days_do_not_matter_to_a_draft(table: Table) -> None:
    draft = table.draft()

    proposed = propose_agreement(agreement=draft, by=table.ada, as_of=TODAY + timedelta(days=9))

    assert proposed.recorded_at == TODAY + timedelta(days=9)
