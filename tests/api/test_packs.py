"""Mid-term and closing reviews, ratings and surveys through the interface."""

from typing import Any

import pytest
from django.test import Client

from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer
from tests.api.conftest import Program
from tests.cast import PASSWORD, Cast, a_viewer, an_engagement, an_organisation
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def program(viewer: Viewer) -> Program:
    """Return a program that calls in the name of a person."""
    client = Client()
    client.force_login(viewer.person)
    return Program(client)


def done(answer: Any, status: int = 200) -> Any:
    """Return the answer's values."""
    assert answer.status_code == status, answer.content
    return answer.json()


def an_opened_pack(cast: Cast) -> dict[str, Any]:
    """Return a mid-term review as it is opened."""
    path = f"/engagements/{an_engagement().public_id}/evidence-packs/open"
    return dict(done(program(cast.ben).posts(path, kind="mid-term"), 201))


WORDS = {
    "judgements": {
        "objectives": "None was stated.",
        "service-levels": "None was measured.",
        "findings": "Between us.",
    },
    "outcome": "continue",
    "reasons": "So.",
}


def test_a_review_goes_from_its_evidence_to_both_signatures(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    path = f"/evidence-packs/{pack['id']}"
    manager = a_viewer(Role.ACCOUNT_MANAGER)

    written = done(program(cast.ben).posts(f"{path}/write", **WORDS))
    signed = done(
        program(cast.ada).posts(f"{path}/sign", digest=written["draft_digest"], password=PASSWORD)
    )
    both = done(
        program(manager).posts(
            f"{path}/countersign", digest=signed["review"]["digest"], password=PASSWORD
        )
    )

    assert both["review"]["document"]["evidence"] == pack["digest"]
    assert [each["organisation"] for each in both["review"]["signatures"]] == [
        "Nordwind Energy",
        "Baltic Desk",
    ]
    listed = program(cast.cleo).get(f"/engagements/{pack['engagement']}/reviews")["items"]
    assert [(each["kind"], each["outcome"], each["pack"]) for each in listed] == [
        ("mid-term", "continue", pack["id"])
    ]


def test_whose_doing_an_objective_is_is_one_of_the_words(cast: Cast) -> None:
    opened = f"/engagements/{an_objective().engagement.public_id}/evidence-packs/open"
    pack = done(program(cast.ben).posts(opened, kind="mid-term"), 201)
    path, key = f"/evidence-packs/{pack['id']}/write", pack["evidence"]["objectives"][0]["id"]
    said = {"actual": "98 %", "achieved": "achieved", "owed_to": "provider"}

    kept = done(program(cast.ben).posts(path, **WORDS, objectives={key: said}))
    refused = program(cast.ben).posts(path, **WORDS, objectives={key: said | {"owed_to": "luck"}})

    assert kept["draft"]["objectives"][key] == said
    assert refused.status_code == 422


def test_what_is_the_clients_own_is_null_for_a_provider(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    path = f"/evidence-packs/{pack['id']}"
    done(program(cast.ben).posts(f"{path}/write", **WORDS))

    own, theirs = (program(who).get(path) for who in (cast.ada, cast.cleo))

    names = ("private_evidence", "draft", "draft_digest", "asides", "review", "rating")
    assert {name: theirs[name] for name in names} == dict.fromkeys(names)
    assert own["asides"] == {"findings": "Between us."}
    assert own["evidence"] == theirs["evidence"]
    assert program(cast.dan).asks(path).status_code == 404


def test_an_unsigned_review_is_neither_countersigned_nor_commented_on(cast: Cast) -> None:
    pack = an_opened_pack(cast)

    answer = program(cast.cleo).posts(f"/evidence-packs/{pack['id']}/comment", text="But.")

    assert (answer.status_code, answer.json()["code"]) == (422, "request.names-nothing")


def test_ratings_open_to_both_together(cast: Cast) -> None:
    pack = an_opened_pack(cast)
    path = f"/evidence-packs/{pack['id']}/rating"
    for who, side in ((cast.ben, "client"), (cast.cleo, "provider")):
        marks = {name: {"mark": 3, "evidence": "Seen."} for name in RATED[side]}
        done(program(who).posts(path, marks=marks))

    one = done(program(cast.ben).posts(f"{path}/hand-over"))
    two = done(program(cast.cleo).posts(f"{path}/hand-over"))

    assert (one["shared_ratings"], len(two["shared_ratings"])) == ([], 2)
    supplier = an_organisation("Baltic Desk").public_id
    history = program(cast.ada).get(f"/suppliers/{supplier}")["engagements"]
    assert [each["rating"] for each in history] == [3.0]
    assert program(cast.cleo).asks(f"/suppliers/{supplier}").status_code == 404


def test_a_survey_is_opened_linked_closed_and_told(cast: Cast) -> None:
    engagement = an_engagement()
    ada = program(cast.ada)
    survey = done(ada.posts(f"/engagements/{engagement.public_id}/surveys/open", days=7), 201)
    path = f"/surveys/{survey['id']}"
    for _ in range(3):
        link = done(ada.posts(f"{path}/links"), 201)
        Client().post(link["address"], dict.fromkeys(QUESTIONS, "5"))
    spare = done(ada.posts(f"{path}/links", label="Spare"), 201)

    revoked = done(ada.posts(f"/survey-links/{spare['id']}/revoke"))
    over = done(ada.posts(f"{path}/close"))

    assert revoked["standing"] == "revoked"
    assert [(each["side"], each["answers"], each["favourable"]) for each in over["results"]] == [
        ("client", 3, 1.0),
        ("provider", 0, None),
    ]
    assert [each["standing"] for each in over["links"]] == ["used"] * 3 + ["revoked"]
    assert program(cast.cleo).get(path)["links"] == []
