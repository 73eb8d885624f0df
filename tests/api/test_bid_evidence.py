"""Evidence about bidders by the interface: the page's figures, and the same refusals."""

from typing import Any

import pytest
from django.test import Client

from tallystick.engine.scoring.calls import QUESTIONS
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.norms import NormsAnswer
from tallystick.records.references import Reference
from tests.api.conftest import Program, Stage

pytestmark = pytest.mark.django_db

FOURS = dict.fromkeys(QUESTIONS, 4)
HUGE = "x" * 30_000
TEAM = {"zone": "Europe/Madrid", "begins": "09:00", "ends": "17:00"}


def ids_in(stage: Stage, engagement: str = "nordwind-baltic") -> dict[str, str]:
    """Return the ids of a competition in which bids still come in, and evidence with them."""
    ids = stage.ids(engagement)
    return ids | {name: ids[f"evidence_{name}"] for name in ("selection_id", "bid_id")}


def planned(program: Program, bid: str, organisation: str, **said: Any) -> str:
    """Return the id of a reference that was planned just now."""
    answer = program.posts(f"/bids/{bid}/references/plan", organisation=organisation, **said)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def test_three_calls_are_enough_by_the_interface_too(stage: Stage) -> None:
    program, bid = stage.program(), ids_in(stage)["bid_id"]
    for name, said in (
        ("Birch Rail", {"relationship": "ended"}),
        ("Cedar Foods", {"relationship": "exited", "similarity": 50}),
    ):
        reference = planned(program, bid, name, **said)
        call = {"called_on": "2026-07-01", "marks": FOURS, "again": "yes"}
        assert program.posts(f"/references/{reference}/call", **call).status_code == 200

    found = program.get(f"/bids/{bid}/evidence")["references"]

    assert (found["calls"], found["independent"], found["ended"], found["enough"]) == (
        3,
        1,
        2,
        True,
    )
    assert len(found["items"]) == 4


def test_everything_on_the_page_is_in_the_answer(stage: Stage) -> None:
    found = stage.program().get(f"/bids/{ids_in(stage)['bid_id']}/evidence")

    assert found["coverage"] == 1.0
    assert [each["covered"] for each in found["skills"]] == [True]
    assert found["cases"][0]["evidence"].startswith("Shown")
    assert found["standing"]["certificates"][0]["expired"] is False
    together = found["together"]
    assert (together["overlap"]["least"], together["overlap"]["most"]) == (3.5, 4.5)
    assert len(together["pilot"]["seen"]) == 4
    # A round that is open tells nothing.
    assert together["norms"] is None


@pytest.mark.parametrize("mark", [0, 6, 3.5, "five", True, None])
def test_a_mark_outside_the_scale_is_refused(mark: Any, stage: Stage) -> None:
    reference = ids_in(stage)["reference_id"]

    answer = stage.program().posts(
        f"/references/{reference}/call", called_on="2026-07-01", marks=FOURS | {"dates": mark}
    )

    assert answer.status_code == 422
    assert Reference.objects.get(public_id=reference).called_on is None


def test_a_reference_of_another_bid_is_no_reference_of_this_one(stage: Stage) -> None:
    theirs = ids_in(stage, "nordwind-kestrel")["reference_id"]

    answer = stage.program().posts(
        f"/bids/{ids_in(stage)['bid_id']}/references/plan", organisation="Birch", amends=theirs
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "evidence.of-another-bid")


def test_a_case_or_a_person_of_another_bid_is_none_of_this_one(stage: Stage) -> None:
    bid, theirs = ids_in(stage)["bid_id"], ids_in(stage, "nordwind-kestrel")
    case = {"customer": "Birch", "scope": "Desk", "from_on": "2020-01-01"}

    answers = [
        stage.program().posts(f"/bids/{bid}/past-cases/record", **case, amends=theirs["case_id"]),
        stage.program().posts(f"/bids/{bid}/people/name", name="Li", amends=theirs["member_id"]),
    ]

    assert [each.json()["code"] for each in answers] == ["evidence.of-another-bid"] * 2


def test_two_references_by_one_organisation_are_refused(stage: Stage) -> None:
    program, bid = stage.program(), ids_in(stage)["bid_id"]
    planned(program, bid, "Birch Rail")

    answer = program.posts(f"/bids/{bid}/references/plan", organisation="BIRCH rail!")

    assert (answer.status_code, answer.json()["code"]) == (422, "reference.referee-twice")


def test_a_call_that_was_held_stays(stage: Stage) -> None:
    program, reference = stage.program(), ids_in(stage)["reference_id"]
    program.posts(f"/references/{reference}/call", called_on="2026-07-01", marks=FOURS)

    answer = program.posts(f"/references/{reference}/remove")
    others = stage.program("engagement manager").posts(
        f"/references/{reference}/call", called_on="2026-07-01", marks=FOURS
    )

    assert answer.json()["code"] == "reference.call-stays"
    assert others.json()["code"] == "reference.not-your-call"


def test_huge_texts_are_refused(stage: Stage) -> None:
    bid, program = ids_in(stage)["bid_id"], stage.program()
    case = {"customer": "Birch", "scope": HUGE, "from_on": "2020-01-01"}

    answers = [
        program.posts(f"/bids/{bid}/references/plan", organisation=HUGE),
        program.posts(f"/bids/{bid}/past-cases/record", **case),
        program.posts(f"/bids/{bid}/people/name", name=HUGE),
        program.posts(f"/bids/{bid}/people/name", name="Li", levels={HUGE: 4}),
        program.posts(f"/bids/{bid}/standing/state", standing=HUGE),
        program.posts(f"/bids/{bid}/certificates/record", name=HUGE),
        program.posts(f"/bids/{bid}/pilot/record", held_on="2026-07-01", task=HUGE),
        program.posts(f"/bids/{bid}/working-norms/agree", item="bad-news", text=HUGE),
    ]

    assert {each.status_code for each in answers} == {422}


def test_hours_that_cannot_be_are_refused(stage: Stage) -> None:
    bid, program = ids_in(stage)["bid_id"], stage.program()

    wrong = [
        {"zone": "Mars/Base"},
        {"zone": "/etc/passwd"},
        {"ends": "09:00"},
        {"ends": "17:00Z"},
        {"ends": "25:00"},
        {"level": "D1"},
        {"holidays": ["yesterday"]},
        {"holidays": ["0001-01-01"]},
    ]
    answers = [program.posts(f"/bids/{bid}/team/state", **TEAM | each) for each in wrong]

    assert {each.status_code for each in answers} == {422}


def test_an_expired_certificate_is_kept_and_named(stage: Stage) -> None:
    bid = ids_in(stage)["bid_id"]

    answer = stage.program().posts(
        f"/bids/{bid}/certificates/record", name="ISO 27001", valid_until="2020-01-01"
    )

    expired = [each["name"] for each in answer.json()["certificates"] if each["expired"]]
    assert expired == ["ISO 27001"]


def test_a_link_by_the_interface_takes_one_answer_and_none_after_closing(stage: Stage) -> None:
    program, ids = stage.program(), ids_in(stage)
    links = f"/working-norms/{ids['norms_id']}/links"
    paths = [
        program.posts(links, bid=ids["bid_id"], label="Night").json()["address"] for _ in range(2)
    ]
    used, late = (path.removeprefix("http://testserver") for path in paths)
    marks = {name: "3" for name in ITEMS}
    answers = NormsAnswer.objects.count()

    statuses = [Client().post(used, marks).status_code for _ in range(2)]
    program.posts(f"/working-norms/{ids['norms_id']}/close")
    statuses.append(Client().post(late, marks).status_code)

    assert statuses == [302, 410, 410]
    assert NormsAnswer.objects.count() == answers + 1


def test_a_bid_of_another_selection_has_no_team_here(stage: Stage) -> None:
    theirs = ids_in(stage, "nordwind-kestrel")["bid_id"]

    answer = stage.program().posts(f"/working-norms/{ids_in(stage)['norms_id']}/links", bid=theirs)

    assert answer.json()["code"] == "norms.team-of-another-selection"


def test_the_round_tells_two_answers_as_a_number_alone(stage: Stage) -> None:
    program, ids = stage.program(), ids_in(stage)
    program.posts(f"/working-norms/{ids['norms_id']}/close")

    found = program.get(f"/selections/{ids['selection_id']}/working-norms")

    assert found["is_over"] is True
    assert [each["norms"] for each in found["teams"]] == [{"ours": 0, "theirs": 1, "gaps": []}]
    assert "token" not in str(found)


def test_a_provider_and_another_client_find_nothing(stage: Stage) -> None:
    ids = ids_in(stage)

    for who in ("account manager", "other provider", "other client"):
        program = stage.program(who)
        assert program.asks(f"/bids/{ids['bid_id']}/evidence").status_code == 404
        assert program.asks(f"/selections/{ids['selection_id']}/working-norms").status_code == 404
        path = f"/references/{ids['reference_id']}/call"
        assert program.posts(path, called_on="2026-07-01", marks=FOURS).status_code == 404
