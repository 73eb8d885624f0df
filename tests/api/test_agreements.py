"""Drafting, proposing, comparing, signing and withdrawing by program."""

import pytest
from django.http import HttpResponse
from django.test import Client

from tallystick.records.viewer import Viewer
from tests.api.conftest import Program
from tests.cast import PASSWORD, an_agreement_document
from tests.proposals import NEXT_YEAR, Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None) -> Table:
    """Return who sits at the table."""
    return Table()


def program(viewer: Viewer) -> Program:
    """Return a program signed in as someone."""
    client = Client()
    client.force_login(viewer.person)
    return Program(client)


def refusal(answer: HttpResponse) -> tuple[int, str]:
    """Return how an operation declined."""
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def test_a_program_walks_from_a_draft_to_an_agreement_in_force(table: Table) -> None:
    ada, mia = program(table.ada), program(table.mia)
    at = f"/engagements/{table.engagement.public_id}"
    draft = ada.posts(f"{at}/agreements/draft", document={"title": "Half"}).json()
    edited = ada.posts(
        f"/drafts/{draft['id']}/edit", document=an_agreement_document(), seen=draft["digest"]
    ).json()
    proposed = ada.posts(f"/drafts/{draft['id']}/propose", seen=edited["digest"]).json()
    body = {"digest": proposed["digest"], "password": PASSWORD}
    one = ada.posts(f"/agreements/{proposed['id']}/sign", **body).json()
    both = mia.posts(f"/agreements/{proposed['id']}/sign", **body).json()

    assert (draft["state"], proposed["state"]) == ("draft", "proposed")
    assert proposed["waiting_for"] == ["Nordwind Energy", "Baltic Desk"]
    assert (one["state"], one["waiting_for"]) == ("signed-by-one", ["Baltic Desk"])
    assert (both["state"], both["waiting_for"]) == ("in-force", [])
    assert [(each["organisation"], each["role"]) for each in both["signatures"]] == [
        ("Nordwind Energy", "sourcing-lead"),
        ("Baltic Desk", "account-manager"),
    ]


def test_a_draft_is_listed_for_its_own_party_alone(table: Table) -> None:
    draft = table.draft()
    at = f"/engagements/{table.engagement.public_id}"

    assert program(table.xen).get(f"{at}/drafts")["count"] == 1
    mia = program(table.mia)
    assert mia.get(f"{at}/drafts")["count"] == 0
    assert mia.get(f"{at}/agreements")["count"] == 0
    assert mia.asks(f"/drafts/{draft.public_id}").status_code == 404
    assert mia.posts(f"/drafts/{draft.public_id}/discard").status_code == 404


def test_a_draft_that_changed_meanwhile_is_a_conflict(table: Table) -> None:
    draft, ada = table.draft(), program(table.ada)

    answer = ada.posts(f"/drafts/{draft.public_id}/edit", document={}, seen="sha256:0")

    assert refusal(answer) == (409, "draft.changed")


def test_a_stale_hash_is_a_conflict_that_names_the_difference(table: Table) -> None:
    old = table.propose()
    new = table.propose(title="Changed")
    mia = program(table.mia)

    answer = mia.posts(f"/agreements/{old.public_id}/sign", digest=old.digest, password=PASSWORD)

    assert refusal(answer) == (409, "agreement.stale-hash")
    where = answer.json()["difference"]
    assert where == f"/api/agreements/{new.public_id}/difference"
    assert answer.json()["place"] == "digest"
    found = mia.get(f"{where.removeprefix('/api')}?against={old.public_id}")
    assert [(each["path"], each["old"], each["new"]) for each in found["changes"]] == [
        (["version"], 1, 2),
        (["title"], "Service desk services", "Changed"),
    ]


def test_wrong_passwords_are_refused_then_slowed_down(table: Table) -> None:
    agreement, mia = table.propose(), program(table.mia)
    body = {"digest": agreement.digest, "password": "a guess"}

    answers = [mia.posts(f"/agreements/{agreement.public_id}/sign", **body) for _ in range(6)]

    assert [refusal(each) for each in answers] == [(422, "password.wrong")] * 5 + [
        (429, "password.too-many")
    ]


def test_the_difference_is_that_from_the_last_version_both_signed(table: Table) -> None:
    base = table.record()
    agreement = table.propose(title="Renewed", in_force=NEXT_YEAR)

    found = program(table.cleo).get(f"/agreements/{agreement.public_id}/difference")

    assert (found["base"], found["base_digest"]) == (base.public_id, base.digest)
    assert ["title"] in [each["path"] for each in found["changes"]]
    assert "title: Renewed" in [each["new"] for each in found["lines"]]


def test_a_silent_gap_is_refused_and_an_acknowledged_one_is_told(table: Table) -> None:
    table.record()
    draft = table.draft(in_force={"from": "2027-02-01", "until": "2028-01-01"})
    ada, path = program(table.ada), f"/drafts/{draft.public_id}/propose"

    silent = ada.posts(path, seen=draft.digest)
    said = ada.posts(path, seen=draft.digest, gap="acknowledged")

    assert refusal(silent) == (422, "agreement.gap-unsaid")
    assert said.json()["gaps"] == [{"from": "2027-01-01", "until": "2027-02-01"}]


def test_gaps_between_signed_versions_stand_in_the_list(table: Table) -> None:
    table.record()
    table.agree(gap=True, in_force={"from": "2027-02-01", "until": "2028-01-01"})

    found = program(table.cleo).get(f"/engagements/{table.engagement.public_id}/agreements")

    assert found["gaps"] == [{"from": "2027-01-01", "until": "2027-02-01"}]


def test_a_void_signature_is_told(table: Table) -> None:
    first = table.propose()
    table.sign(first, table.mia)
    table.propose(title="Changed")

    found = program(table.cleo).get(f"/agreements/{first.public_id}")

    assert (found["state"], found["signatures"][0]["void"]) == ("replaced", True)


def test_a_version_is_withdrawn_by_its_proposer_and_declined_by_the_other(table: Table) -> None:
    one = table.propose()
    withdrawn = program(table.ada).posts(f"/agreements/{one.public_id}/withdraw").json()
    two = table.propose(title="Again")
    declined = program(table.mia).posts(f"/agreements/{two.public_id}/withdraw").json()
    again = program(table.mia).posts(f"/agreements/{two.public_id}/withdraw")

    assert (withdrawn["state"], declined["state"]) == ("withdrawn", "declined")
    assert refusal(again) == (409, "agreement.not-open")


def test_what_was_signed_on_paper_is_marked(table: Table) -> None:
    paper = table.record()

    found = program(table.cleo).get(f"/agreements/{paper.public_id}")

    assert (found["on_paper"], found["signatures"]) == (True, [])
    assert found["signed_on"] == "2026-07-06"
