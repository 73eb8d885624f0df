"""A mid-term review: opened with its evidence, written, signed, countersigned, commented on."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.comment_review import comment_review
from tallystick.actions.countersign_review import (
    NothingToSign,
    OtherHash,
    SignedBefore,
    countersign_review,
)
from tallystick.actions.open_review import ClosedAlready, TooEarlyToReview, open_review
from tallystick.actions.passwords import WrongPassword
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.sign_review import ReviewIncomplete, WordsChanged, sign_review
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.actions.write_review import NotItsPart, Reached, ReviewFrozen
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.parts import Achieved, Outcome, ReviewKind, Section
from tallystick.records.evidence_packs import EvidencePack, PrivateEvidence, ReviewDraft
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.roles import Role
from tests.actions.reviewing import (
    a_closing_pack,
    a_pack,
    check_off,
    read_digest,
    signed,
    written,
)
from tests.actions.test_measure_and_state import a_measured_engagement, a_statement
from tests.cast import PASSWORD, TODAY, Cast, a_viewer, an_engagement
from tests.web.test_reviews import a_review

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=30)


def test_a_pack_holds_the_figures_of_its_moment(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    levels = {each["name"]: each for each in pack.document["service_levels"]["levels"]}
    march = next(
        each for each in levels["Response to incidents"]["months"] if each["window"] == "2026-03"
    )
    assert list(levels) == ["Response to incidents", "Resolution of incidents"]
    assert (march["numerator"], march["denominator"], march["verdict"]) == (2, 3, "missed")
    assert pack.document["as_of"] == TODAY.isoformat()
    assert pack.digest == digest(canonical_bytes(pack.document))


def test_what_changes_later_does_not_change_a_pack(cast: Cast, home: Path) -> None:
    engagement = a_measured_engagement(cast, home).engagement
    objective = state_objective(
        engagement=engagement,
        wording=ObjectiveWording("Faster starts", baseline_value="9", target="3", unit="days"),
        by=cast.ada,
        as_of=TODAY,
    )
    pack = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY)

    acknowledge_objective(objective=objective, by=cast.cleo, as_of=LATER)

    stored = EvidencePack.objects.get(pk=pack.pk).document["objectives"]
    assert [(each["statement"], each["acknowledged_on"]) for each in stored] == [
        ("Faster starts", None)
    ]


def test_findings_and_lessons_stand_in_the_clients_own_evidence(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    own = PrivateEvidence.objects.get(pack=pack)

    assert {"findings", "applied", "learned"} <= set(own.document)
    assert not {"findings", "lessons"} & set(pack.document)
    assert list(PrivateEvidence.objects.visible_to(cast.cleo)) == []
    assert list(EvidencePack.objects.visible_to(cast.cleo)) == [pack]
    assert list(EvidencePack.objects.visible_to(cast.dan)) == []


def test_taking_the_evidence_anew_keeps_what_was_written(cast: Cast, home: Path) -> None:
    first = a_pack(cast, home)
    written(first, cast.ben)

    second = open_review(
        engagement=first.engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=LATER
    )

    assert second.supersedes == first
    assert ReviewDraft.objects.get(pack=second).reasons == "The cause is known."
    with pytest.raises(ReviewFrozen, match="taken anew"):
        written(first, cast.ben)


@pytest.mark.parametrize(
    ("stage", "kind"),
    [
        (Stage.DEFINE, ReviewKind.MID_TERM),
        (Stage.AGREE, ReviewKind.MID_TERM),
        (Stage.CLOSE, ReviewKind.MID_TERM),
        (Stage.TRANSITION, ReviewKind.CLOSING),
        (Stage.DELIVER, ReviewKind.MONTHLY),
    ],
)
def test_a_review_is_not_opened_at_every_stage(stage: Stage, kind: ReviewKind, cast: Cast) -> None:
    engagement = an_engagement(stage=stage)

    with pytest.raises(TooEarlyToReview):
        open_review(engagement=engagement, kind=kind, by=cast.ben, as_of=TODAY)

    assert not EvidencePack.objects.exists()


def test_nobody_but_the_clients_managers_opens_or_writes(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    for who in (cast.cleo, cast.eva, cast.ann):
        with pytest.raises(NotPermitted):
            open_review(engagement=pack.engagement, kind=ReviewKind.MID_TERM, by=who, as_of=TODAY)
        with pytest.raises(NotPermitted):
            written(pack, who)


def test_signing_shares_the_words_and_not_the_asides(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)

    review = signed(pack, cast.ada)

    assert list(Review.objects.visible_to(cast.cleo)) == [review]
    assert review.document["judgements"] == {
        "objectives": "On the way.",
        "service-levels": "Response holds, resolution does not.",
    }
    assert review.document["evidence"] == pack.digest
    assert review.digest == digest(canonical_bytes(review.document))
    assert [(each.place, each.decision) for each in review.findings.all()] == [
        ("Mornings", "confirmed")
    ]
    assert "too kind" not in str(review.document)
    assert ReviewSignature.objects.get().organisation == cast.ada.organisation
    assert Checkpoint.objects.filter(engagement=pack.engagement).exists()


def test_what_was_signed_is_frozen(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    signed(pack, cast.ada)

    with pytest.raises(ReviewFrozen, match="signed"):
        written(pack, cast.ben, reasons="Otherwise.")
    with pytest.raises(ReviewFrozen):
        signed(pack, cast.ada)


def test_only_the_words_that_were_read_are_signed(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    read = read_digest(pack)
    written(pack, cast.ben, reasons="Changed meanwhile.")

    with pytest.raises(WordsChanged):
        sign_review(pack=pack, read=read, password=PASSWORD, by=cast.ada, as_of=TODAY)

    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"judgements": {Section.SERVICE_LEVELS: "Well."}}, "objectives"),
        ({"judgements": {Section.OBJECTIVES: "Well."}}, "service-levels"),
        ({"outcome": None}, "outcome"),
        ({"reasons": " "}, "reasons"),
    ],
)
def test_a_review_that_says_nothing_is_not_signed(
    changes: dict[str, Any], place: str, cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben, **changes)

    with pytest.raises(ReviewIncomplete) as refused:
        signed(pack, cast.ada)

    assert refused.value.place == place


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"outcome": Outcome.TRANSFERRED}, "outcome"),
        ({"objectives": {"nothing": Reached("1", Achieved.YES)}}, "objectives"),
    ],
)
def test_a_review_holds_its_own_parts_alone(
    changes: dict[str, Any], place: str, cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)

    with pytest.raises(NotItsPart) as refused:
        written(pack, cast.ben, **changes)

    assert refused.value.place == place


def test_a_wrong_password_signs_nothing(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)

    with pytest.raises(WrongPassword):
        sign_review(pack=pack, read=read_digest(pack), password="guess", by=cast.ada, as_of=TODAY)

    assert not Review.objects.exists()


def test_the_provider_countersigns_once_and_comments(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    review = signed(pack, cast.ada)
    manager = a_viewer(Role.ACCOUNT_MANAGER)

    def countersigned(read: str) -> ReviewSignature:
        return countersign_review(
            review=review, read=read, password=PASSWORD, by=manager, as_of=LATER
        )

    with pytest.raises(OtherHash):
        countersigned("sha256:" + "0" * 64)
    signature = countersigned(review.digest)
    comment_review(review=review, text="We staffed it.", by=cast.cleo, as_of=LATER)

    assert (signature.organisation, signature.digest) == (manager.organisation, review.digest)
    assert ReviewComment.objects.get().text == "We staffed it."
    with pytest.raises(SignedBefore):
        countersigned(review.digest)


def test_a_monthly_review_takes_neither_signature_nor_comment(cast: Cast, home: Path) -> None:
    monthly = a_review(a_statement(cast, home), cast.ben)

    with pytest.raises(NothingToSign):
        comment_review(review=monthly, text="But.", by=cast.cleo, as_of=TODAY)


def test_a_draft_is_entered_in_the_clients_own_chain_alone(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    signed(pack, cast.ada)

    told = [
        [bytes(each.content.told).decode() for each in LedgerEntry.objects.visible_to(who)]
        for who in (cast.ben, cast.cleo)
    ]

    assert ["Wrote on" in " ".join(entries) for entries in told] == [True, False]
    assert "Signed the mid-term review for Nordwind Energy: continue." in " ".join(told[1])


def test_a_closed_engagement_opens_no_further_review(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    signed(pack, cast.ada)

    with pytest.raises(ClosedAlready):
        open_review(engagement=pack.engagement, kind=ReviewKind.CLOSING, by=cast.ben, as_of=LATER)
