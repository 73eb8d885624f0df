"""The pages of drafts: their writer's own, however they are looked for."""

from typing import Any

import pytest
import yaml
from django.urls import reverse

from tallystick.actions.edit_draft import edit_draft
from tallystick.records.agreements import Agreement
from tallystick.records.drafts import AgreementDraft
from tests.access.routes import SESSION, patterns
from tests.access.test_matrix import masked
from tests.cast import TODAY, an_agreement_document
from tests.proposals import NEXT_YEAR, Table
from tests.web.pages import page, post, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Return who sits at the table."""
    return Table()


def a_text(**changes: Any) -> str:
    """Return a document as somebody would type it."""
    return yaml.safe_dump(an_agreement_document(**changes), sort_keys=False)


def test_a_draft_is_written_read_and_proposed(table: Table) -> None:
    made = post(table.mia, "draft_new", table.engagement.public_id, text=a_text())
    draft = AgreementDraft.objects.get()
    read = text_of(page(table.mia, "draft", draft.public_id))

    proposed = post(table.mia, "draft_propose", draft.public_id, seen=draft.digest)

    agreement = Agreement.objects.get()
    assert made["Location"] == reverse("draft", args=[draft.public_id])
    assert "Only Baltic Desk" in read
    assert "Propose it as version 1" in read
    assert proposed["Location"] == reverse("agreement", args=[agreement.public_id])


def test_an_unfinished_draft_says_what_it_lacks(table: Table) -> None:
    post(table.ada, "draft_new", table.engagement.public_id, text="title: Half")
    draft = AgreementDraft.objects.get()

    html = text_of(page(table.ada, "draft", draft.public_id))

    assert "What it still lacks" in html
    assert "The key &#x27;service_levels&#x27; is missing." in html
    assert "Propose it" not in html


def test_what_is_not_yaml_is_refused_beside_the_text(table: Table) -> None:
    response = post(table.ada, "draft_new", table.engagement.public_id, text="a: [1")

    assert response.status_code == 422
    assert "is not valid YAML" in text_of(response)
    assert not AgreementDraft.objects.exists()


def test_a_new_draft_starts_from_the_version_that_is_named(table: Table) -> None:
    table.record()
    proposal = table.propose(title="Renewed", in_force=NEXT_YEAR)

    usual = page(table.mia, "draft_new", table.engagement.public_id)
    counter = page(
        table.mia, "draft_new", table.engagement.public_id, **{"from": proposal.public_id}
    )

    assert "title: Service desk services" in text_of(usual)
    assert "title: Renewed" in text_of(counter)


def test_a_draft_is_edited_and_a_colleague_s_words_are_kept(table: Table) -> None:
    draft = table.draft()
    seen = draft.digest
    edit_draft(agreement=draft, document={"title": "Mine"}, by=table.ada, as_of=TODAY)

    late = post(table.ada, "draft_edit", draft.public_id, text="title: Yours", seen=seen)

    assert late.status_code == 422
    assert "has changed this draft since you read it" in text_of(late)
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_a_gap_is_confirmed_before_it_is_proposed(table: Table) -> None:
    table.record()
    draft = table.draft(in_force={"from": "2027-02-01", "until": "2028-01-01"})

    silent = post(table.ada, "draft_propose", draft.public_id, seen=draft.digest)
    said = post(table.ada, "draft_propose", draft.public_id, seen=draft.digest, gap="on")

    assert silent.status_code == 422
    words = "No agreement is in force from 1 Jan 2027 up to 1 Feb 2027, not included."
    assert words in text_of(silent)
    assert said.status_code == 302
    version = Agreement.objects.get(version=2)
    assert words in text_of(page(table.mia, "agreement", version.public_id))


def test_an_overlap_is_refused_with_the_remedy(table: Table) -> None:
    table.record()
    draft = table.draft(title="Too soon")

    response = post(table.ada, "draft_propose", draft.public_id, seen=draft.digest)

    assert response.status_code == 422
    assert "Begin on 2027-01-01, where version 1 ends." in text_of(response)


def test_a_draft_says_what_it_would_set_aside(table: Table) -> None:
    table.propose()
    draft = table.draft(title="Other")

    html = text_of(page(table.ada, "draft", draft.public_id))

    assert "is proposed now and would be set aside" in html


def test_a_draft_is_discarded(table: Table) -> None:
    draft = table.draft()

    response = post(table.ada, "draft_discard", draft.public_id)

    assert response["Location"] == reverse("agreements", args=[table.engagement.public_id])
    assert not AgreementDraft.objects.exists()


@pytest.mark.parametrize("who", ["xen", "ada"])
def test_drafts_are_listed_for_their_own_party(table: Table, who: str) -> None:
    table.draft(title="Ours")

    html = text_of(page(getattr(table, who), "agreements", table.engagement.public_id))

    assert "Ours" in html
    assert "Only Nordwind Energy" in html


def everything(table: Table) -> dict[str, bytes]:
    """Return every page and answer of the engagement that the provider's manager can get."""
    client, got = signed_in(table.mia), {}
    ids = {"engagement_id": table.engagement.public_id}
    ids["agreement_id"] = table.engagement.agreements.get(version=1).public_id
    for name, arguments in patterns().items():
        if set(arguments) <= set(ids) and name not in {*SESSION, "api:session"}:
            path = reverse(name, kwargs={each: ids[each] for each in arguments})
            for question in ("", "?format=csv", "?q=Service"):
                answer = client.get(path + question)
                body = b"".join(answer) if answer.streaming else answer.content
                got[path + question] = masked(body, {})
    return got


def test_with_and_without_a_draft_the_other_party_gets_the_same_bytes(table: Table) -> None:
    table.record()
    everything(table)  # takes checkpoints of the ledgers, which pages then name
    before = everything(table)

    draft = table.draft(in_force=NEXT_YEAR)
    edit_draft(agreement=draft, document={"title": "Secret"}, by=table.ada, as_of=TODAY)

    after = everything(table)
    assert len(before) > 60
    assert [path for path in before if before[path] != after[path]] == []
