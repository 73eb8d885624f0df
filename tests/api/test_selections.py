"""A competition through the interface: from its terms to the debrief, and what it refuses."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.ledger import LedgerContent
from tallystick.records.roles import Role
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer
from tests.api.conftest import Program
from tests.cast import Cast, a_viewer, an_engagement

pytestmark = pytest.mark.django_db

WORDS = {"0": "Says nothing.", "3": "Says how.", "5": "Shows it."}


def program(viewer: Viewer) -> Program:
    """Return a program that calls in the name of a person."""
    client = Client()
    client.force_login(viewer.person)
    return Program(client)


def done(answer: Any, status: int = 200) -> Any:
    """Return the answer's values."""
    assert answer.status_code == status, answer.content
    return answer.json()


def refused(answer: Any) -> str:
    """Return the code of a refusal that tells what to do."""
    problem = done(answer, 422)
    assert problem["remedy"]
    return str(problem["code"])


class Competition:
    """A selection that Ada runs through the interface."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.ada = cast, program(cast.ada)
        engagement = an_engagement(stage=Stage.SELECT, provider=None)
        plan = f"/engagements/{engagement.public_id}/selections/plan"
        until = datetime.now(UTC) + timedelta(days=1)
        self.values = done(self.ada.posts(plan, currency="EUR", bids_until=until), 201)
        self.path = f"/selections/{self.values['id']}"

    def states(self, name: str, **changes: Any) -> Any:
        usual: dict[str, Any] = {"weight": 50, "anchors": WORDS}
        return self.ada.posts(f"{self.path}/criteria/state", name=name, **usual | changes)

    def records(self, supplier: str = "Baltic Desk", **changes: Any) -> Any:
        usual: dict[str, Any] = {"price": 820_000, "received_at": datetime.now(UTC)}
        return self.ada.posts(f"{self.path}/bids/record", supplier=supplier, **usual | changes)

    def is_over(self) -> None:
        """Let the deadline pass."""
        Selection.objects.update(bids_until=datetime.now(UTC) - timedelta(seconds=1))

    def opens(self) -> Any:
        self.is_over()
        return self.ada.posts(f"{self.path}/open")

    def names(self, who: Viewer) -> str:
        """Let somebody score who has no interests; return their address."""
        answer = self.ada.posts(f"{self.path}/evaluators/name", person=who.person.public_id)
        path = f"/evaluators/{done(answer, 201)['id']}"
        done(program(who).posts(f"{path}/interests", interests=""))
        return path


def opened(cast: Cast, *suppliers: str, **changes: Any) -> tuple[Competition, Any, list[Any]]:
    """Return a competition whose bids were opened, its judged criterion, and the bids."""
    held = Competition(cast)
    team = done(held.states("Team"), 201)
    price = {"kind": "price", "anchors": {}, "worst": 1_080_000, "target": 720_000}
    done(held.states("Price", **price), 201)
    bids = [done(held.records(each, **changes), 201) for each in suppliers]
    done(held.opens())
    return held, team, bids


def score(who: Viewer, path: str, bid: Any, team: Any, value: Any) -> Any:
    """Score a bid."""
    given = {team["id"]: {"value": value, "evidence": "Page 12."}}
    return program(who).posts(f"{path}/scores", bid=bid["id"], scores=given)


def test_a_competition_goes_from_its_terms_to_the_debrief(cast: Cast) -> None:
    held, team, bids = opened(cast, "Baltic Desk", "Alder Works")
    path = held.names(cast.ben)
    for bid, value in zip(bids, (4, 2.5), strict=True):
        done(score(cast.ben, path, bid, team, value), 201)
    done(program(cast.ben).posts(f"{path}/hand-in"))
    done(held.ada.posts(f"{held.path}/close"))
    moderated = {"criterion": team["id"], "value": 4.5, "note": "The visit showed it."}
    done(held.ada.posts(f"/bids/{bids[0]['id']}/moderate", **moderated))
    ranking = done(held.ada.posts(f"{held.path}/rank"), 201)
    proposal = {"bid": bids[0]["id"], "rationale": "Worth most."}
    award = done(held.ada.posts(f"{held.path}/award/propose", **proposal), 201)
    board = program(a_viewer(Role.EXECUTIVE))
    done(board.posts(f"/awards/{award['id']}/decide", approved=True))
    done(held.ada.posts(f"/bids/{bids[1]['id']}/debrief", text="Your team was thin."), 201)

    auditor = program(cast.ann)
    assert auditor.get(held.path)["phase"] == "awarded"
    assert [each["supplier"] for each in ranking["document"]["bids"]] == [
        "Baltic Desk",
        "Alder Works",
    ]
    read = {
        name: auditor.get(f"{held.path}/{name}")["count"]
        for name in ("bids", "evaluators", "scores", "consensus", "rankings", "awards", "debriefs")
    }
    assert read == {
        "bids": 2, "evaluators": 1, "scores": 2, "consensus": 1, "rankings": 1, "awards": 1,
        "debriefs": 1,
    }  # fmt: skip


def test_nobody_reads_a_price_before_the_bids_are_opened(cast: Cast) -> None:
    held = Competition(cast)
    recorded = done(held.records(price="812345.67"), 201)

    listed = held.ada.client.get(f"/api{held.path}/bids").content.decode()
    told = b"".join(bytes(each.told) for each in LedgerContent.objects.all()).decode()

    assert recorded["price"] is None
    assert "812345" not in listed
    assert "812345" not in told


def test_an_evaluator_reads_no_score_of_another_while_both_judge(cast: Cast) -> None:
    held, team, bids = opened(cast, "Baltic Desk")
    for who, value in ((cast.ben, 4), (cast.eva, 1)):
        done(score(who, held.names(who), bids[0], team, value), 201)

    seen = {
        who: program(who).get(f"{held.path}/scores")
        for who in (cast.ada, cast.ben, cast.eva, cast.ann)
    }

    assert [each["count"] for each in seen.values()] == [0, 1, 1, 0]
    assert seen[cast.ben]["items"][0]["value"] == "4"


def test_nobody_hands_in_for_another(cast: Cast) -> None:
    held, _, _ = opened(cast, "Baltic Desk")
    path = held.names(cast.ben)

    assert refused(program(cast.eva).posts(f"{path}/hand-in")) == "score.not-an-evaluator"


def test_the_provider_does_not_know_that_there_is_a_competition(cast: Cast) -> None:
    held, _, bids = opened(cast, "Baltic Desk")

    provider = program(cast.cleo)

    for path in (held.path, f"{held.path}/bids", f"{held.path}/scores"):
        assert provider.asks(path).status_code == 404
    assert provider.posts(f"/bids/{bids[0]['id']}/withdraw", reason="No.").status_code == 404


def test_weights_that_do_not_add_up_open_no_bid(cast: Cast) -> None:
    held = Competition(cast)
    done(held.states("Team", weight=70), 201)
    done(held.states("Plan", weight=20), 201)
    done(held.records(), 201)

    assert refused(held.opens()) == "criteria.weights-do-not-sum"
    assert held.ada.get(held.path)["opened_at"] is None


def test_a_criterion_without_anchors_opens_no_bid(cast: Cast) -> None:
    held = Competition(cast)
    done(held.states("Team", weight=100, anchors={"0": "Nothing."}), 201)
    done(held.records(), 201)

    assert refused(held.opens()) == "criterion.anchors-unwritten"


@pytest.mark.parametrize("value", [-0.5, 5.5, 3.3, 1e30])
def test_a_score_outside_the_scale_is_refused(cast: Cast, value: float) -> None:
    held, team, bids = opened(cast, "Baltic Desk")

    assert refused(score(cast.ben, held.names(cast.ben), bids[0], team, value)) == "score.refused"


def test_a_bidders_contact_does_not_judge(cast: Cast) -> None:
    held, team, bids = opened(cast, "Baltic Desk", contacts=[cast.ben.person.email])

    answer = score(cast.ben, held.names(cast.ben), bids[0], team, 4)

    assert refused(answer) == "score.evaluator-is-contact"


def test_a_bid_after_the_deadline_is_refused(cast: Cast) -> None:
    held = Competition(cast)
    held.is_over()

    assert refused(held.records(received_at=datetime.now(UTC))) == "bid.too-late"


def test_a_price_in_another_currency_is_refused(cast: Cast) -> None:
    assert refused(Competition(cast).records(currency="USD")) == "bid.currency-mixed"


def test_two_bidders_with_one_name_are_one(cast: Cast) -> None:
    held = Competition(cast)
    done(held.records("Baltic Desk"), 201)

    assert refused(held.records("BALTIC-desk")) == "bid.supplier-twice"


def test_an_award_with_one_bid_is_a_finding_and_no_refusal(cast: Cast) -> None:
    held, team, bids = opened(cast, "Baltic Desk")
    path = held.names(cast.ben)
    done(score(cast.ben, path, bids[0], team, 4), 201)
    done(program(cast.ben).posts(f"{path}/hand-in"))
    done(held.ada.posts(f"{held.path}/close"))
    done(held.ada.posts(f"{held.path}/rank"), 201)

    proposal = {"bid": bids[0]["id"], "rationale": "The only one."}
    done(held.ada.posts(f"{held.path}/award/propose", **proposal), 201)
    findings = held.ada.get(f"/engagements/{held.values['engagement']}/findings")

    assert "SEL001" in {each["code"] for each in findings["items"]}


def test_a_late_change_keeps_its_reason(cast: Cast) -> None:
    held, team, _ = opened(cast, "Baltic Desk")
    late = {"amends": team["id"], "weight": 45}

    assert refused(held.states("Team", **late)) == "text.needed"
    done(held.states("Team", **late, reason="A slip."), 201)

    edits = held.ada.get(f"{held.path}/criterion-edits")
    assert [each["reason"] for each in edits["items"]] == ["A slip."]


def test_criteria_are_weighed_in_pairs_or_told_what_contradicts(cast: Cast) -> None:
    held = Competition(cast)
    ids = [done(held.states(name, weight=0), 201)["id"] for name in ("Team", "Plan", "Tools")]

    def judged(*ratios: float) -> list[dict[str, Any]]:
        pairs = ((0, 1), (0, 2), (1, 2))
        return [
            {"first": ids[one], "second": ids[two], "ratio": ratio}
            for (one, two), ratio in zip(pairs, ratios, strict=True)
        ]

    weighed = done(held.ada.posts(f"{held.path}/weigh", judged=judged(3, 5, 3)))
    answer = held.ada.posts(f"{held.path}/weigh", judged=judged(9, 1, 9))

    assert weighed["consistency_ratio"] == pytest.approx(0.033, abs=0.001)
    assert sum(float(each) for each in weighed["weights"].values()) == pytest.approx(100)
    assert refused(answer) == "criterion.comparisons-inconsistent"


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("award/propose", {"bid": "zzzzzzzzzzzz", "rationale": "It is."}),
        ("evaluators/name", {"person": "zzzzzzzzzzzz"}),
        ("criteria/state", {"name": "Team", "parent": "zzzzzzzzzzzz"}),
    ],
)
def test_what_a_body_names_must_be_there(cast: Cast, where: str, values: dict[str, Any]) -> None:
    held = Competition(cast)

    answer = held.ada.posts(f"{held.path}/{where}", **values)

    assert refused(answer) == "request.names-nothing"
