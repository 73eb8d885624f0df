"""The page of a mid-term or closing review, and the acts on it."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.hand_over_rating import hand_over_rating
from tallystick.actions.open_review import open_review
from tallystick.actions.rate_party import Mark, rate_party
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.closing_checks import ClosingCheck
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.records.ratings import Rating
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.roles import Role
from tests.actions.reviewing import a_closing_pack, a_pack, read_digest, signed, written
from tests.actions.test_measure_and_state import a_statement
from tests.cast import PASSWORD, TODAY, Cast, a_viewer, an_engagement
from tests.web.pages import a_lesson, page, post, text_of

pytestmark = pytest.mark.django_db


# --- opening


def test_a_mid_term_review_is_asked_for_at_half_of_the_term(cast: Cast) -> None:
    engagement = an_engagement()

    shown = {
        who: "A mid-term review is due" in text_of(page(viewer, "reviews", engagement.public_id))
        for who, viewer in (("ben", cast.ben), ("eva", cast.eva), ("cleo", cast.cleo))
    }

    assert shown == {"ben": True, "eva": False, "cleo": False}


def test_a_review_is_opened_from_the_page_of_reviews(cast: Cast) -> None:
    engagement = an_engagement()

    answer = post(cast.ben, "review_open", engagement.public_id, kind="mid-term")

    pack = EvidencePack.objects.get()
    assert answer.headers["Location"] == reverse("evidence_pack", args=[pack.public_id])
    assert "Mid-term review" in text_of(page(cast.cleo, "reviews", engagement.public_id))


@pytest.mark.parametrize("kind", ["", "monthly", "closing"])
def test_what_cannot_be_opened_is_said_on_the_page_of_reviews(kind: str, cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.TRANSITION)

    answer = post(cast.ben, "review_open", engagement.public_id, kind=kind)

    assert answer.headers["Location"] == reverse("reviews", args=[engagement.public_id])
    assert not EvidencePack.objects.exists()


# --- reading


def test_the_evidence_is_for_both_and_the_clients_own_for_the_client(
    cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)

    own, theirs = (
        text_of(page(who, "evidence_pack", pack.public_id)) for who in (cast.eva, cast.cleo)
    )

    assert "Response to incidents" in own
    assert "Response to incidents" in theirs
    assert "Between us: too kind so far." in own
    assert "The cause is known." in own
    for private in ("too kind", "The cause is known", "Findings open", "Lessons applied"):
        assert private not in theirs


def test_another_provider_finds_nothing(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    assert page(cast.dan, "evidence_pack", pack.public_id).status_code == 404


def test_once_signed_the_provider_reads_the_words_and_not_the_asides(
    cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    review = signed(pack, cast.ada)

    theirs = text_of(page(cast.cleo, "evidence_pack", pack.public_id))

    assert "The cause is known." in theirs
    assert "Too few people." in theirs
    assert review.digest in theirs
    assert "too kind" not in theirs


def test_the_page_of_a_review_leads_to_its_evidence(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    review = signed(pack, cast.ada)

    answer = page(cast.cleo, "review", review.public_id)

    assert answer.headers["Location"] == reverse("evidence_pack", args=[pack.public_id])


def test_both_parties_get_the_same_paper(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    signed(pack, cast.ada)

    papers = [
        page(who, "evidence_pack", pack.public_id, format="pdf") for who in (cast.ada, cast.cleo)
    ]

    assert papers[0].content == papers[1].content
    assert papers[0].content.startswith(b"%PDF-")
    assert "mid-term-review-Service-desk.pdf" in papers[0].headers["Content-Disposition"]


def test_an_unsigned_paper_holds_the_evidence_alone(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    before = page(cast.ada, "evidence_pack", pack.public_id, format="pdf").content

    written(pack, cast.ben)

    assert page(cast.ada, "evidence_pack", pack.public_id, format="pdf").content == before


# --- writing and signing


def test_lessons_about_such_an_engagement_stand_beside_what_is_written(
    cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    lesson = a_lesson(cast.ada, stages=[pack.engagement.stage])

    html = text_of(page(cast.ben, "review_judge", pack.public_id))

    assert "Learned before" in html
    assert lesson.title in html


def test_what_is_written_is_kept(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    fields = {
        "saved": "1",
        "on_objectives": "Well.",
        "on_findings": "Between us.",
        "title_0": "Mornings",
        "severity_0": "major",
        "sentence_0": "Too few.",
        "remedy_0": "More.",
        "outcome": "change",
        "reasons": "So.",
    }

    post(cast.ben, "review_judge", pack.public_id, **fields)

    draft = ReviewDraft.objects.get()
    assert (draft.judgements, draft.asides) == (
        {"objectives": "Well."},
        {"findings": "Between us."},
    )
    assert (draft.outcome, draft.reasons, draft.findings[0]["title"]) == (
        "change",
        "So.",
        "Mornings",
    )
    assert "Too few." in text_of(page(cast.ben, "review_judge", pack.public_id))


def test_half_a_finding_is_asked_for_and_nothing_is_lost(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)

    answer = post(
        cast.ben, "review_judge", pack.public_id, saved="1", title_0="Mornings", reasons="Kept."
    )

    assert answer.status_code == 422
    assert "Complete the finding" in text_of(answer)
    assert "Kept." in text_of(answer)
    assert ReviewDraft.objects.get().reasons == ""


def test_the_clients_lead_signs_with_hash_and_password(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    read = read_digest(pack)

    wrong = post(cast.ada, "review_sign", pack.public_id, digest=read, password="guess")
    right = post(cast.ada, "review_sign", pack.public_id, digest=read, password=PASSWORD)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Review.objects.get().digest == read


def test_words_that_changed_since_are_not_signed(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    read = read_digest(pack)
    written(pack, cast.ben, reasons="Otherwise.")

    answer = post(cast.ada, "review_sign", pack.public_id, digest=read, password=PASSWORD)

    assert answer.status_code == 409
    assert "Read it again, then sign." in text_of(answer)


def test_the_provider_countersigns_and_comments(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    manager = a_viewer(Role.ACCOUNT_MANAGER)
    early = page(manager, "review_countersign", pack.public_id)
    written(pack, cast.ben)
    review = signed(pack, cast.ada)

    post(manager, "review_countersign", pack.public_id, digest=review.digest, password=PASSWORD)
    post(cast.cleo, "review_comment", pack.public_id, text="We staffed it.")

    assert early.status_code == 302
    assert ReviewSignature.objects.filter(organisation=manager.organisation).exists()
    assert ReviewComment.objects.get().text == "We staffed it."
    assert "We staffed it." in text_of(page(cast.ada, "evidence_pack", pack.public_id))


def test_a_lesson_is_published_from_a_finding_of_the_review(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    written(pack, cast.ben)
    finding = signed(pack, cast.ada).findings.get()
    address = reverse("lesson_new") + f"?finding={finding.public_id}"

    html = text_of(page(cast.ben, "evidence_pack", pack.public_id))
    form = text_of(page(cast.ben, "lesson_new", finding=finding.public_id))

    assert address in html
    assert "Mid-term review, Service desk" in form
    assert "Too few people." in form


# --- closing


def test_loose_ends_are_listed_with_links(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    dispute_statement(
        statement=statement,
        wording=DisputeWording(statement.measurements.first(), "Wrong", "Right"),
        by=cast.cleo,
        as_of=TODAY,
    )
    pack = open_review(
        engagement=statement.engagement, kind=ReviewKind.CLOSING, by=cast.ben, as_of=TODAY
    )

    own, theirs = (
        text_of(page(who, "evidence_pack", pack.public_id)) for who in (cast.ben, cast.cleo)
    )

    link = f'<a href="{reverse("statement", args=[statement.public_id])}">The statement of'
    assert link in own
    assert "Loose ends" not in theirs
    assert "Exit checklist" not in theirs


def test_a_line_is_confirmed_with_what_shows_it(cast: Cast) -> None:
    pack, line = a_closing_pack(cast), BUILT_IN[Checklist.EXIT][0]

    empty = post(cast.ben, "review_confirm", pack.public_id, line=line)
    done = post(cast.ben, "review_confirm", pack.public_id, line=line, note="12 badges.")

    assert (empty.status_code, done.status_code) == (422, 302)
    assert ClosingCheck.objects.get().note == "12 badges."
    assert "12 badges." in text_of(page(cast.ada, "evidence_pack", pack.public_id))


def test_a_confirmed_line_is_taken_back_with_a_reason(cast: Cast) -> None:
    pack, line = a_closing_pack(cast), BUILT_IN[Checklist.EXIT][0]
    post(cast.ben, "review_confirm", pack.public_id, line=line, note="12 badges.")
    offered = text_of(page(cast.ada, "evidence_pack", pack.public_id))

    post(cast.ada, "review_take_back", pack.public_id, line=line)
    kept = ClosingCheck.objects.count()
    post(cast.ada, "review_take_back", pack.public_id, line=line, reason="Two are missing.")

    assert "Take it back" in offered
    assert kept == 1
    assert not ClosingCheck.objects.exists()


def test_a_signature_is_refused_while_a_loose_end_is_left(cast: Cast) -> None:
    pack = a_closing_pack(cast)

    answer = post(
        cast.ada, "review_sign", pack.public_id, digest=read_digest(pack), password=PASSWORD
    )

    assert answer.status_code == 422
    assert "6 loose ends are left." in text_of(answer)


# --- ratings and suppliers


def marks_of(side: str) -> dict[str, str]:
    """Return the form with the same mark on every dimension."""
    fields = dict.fromkeys(RATED[side], "4")
    return fields | {f"evidence_{name}": f"Shown by {side}." for name in RATED[side]}


def test_marks_are_read_by_the_other_party_once_both_are_handed_over(
    cast: Cast, home: Path
) -> None:
    pack = a_pack(cast, home)
    for who, side in ((cast.ben, "client"), (cast.cleo, "provider")):
        post(who, "review_rate", pack.public_id, **marks_of(side))
    post(cast.ben, "rating_hand_over", pack.public_id)
    sealed = text_of(page(cast.cleo, "evidence_pack", pack.public_id))

    post(cast.cleo, "rating_hand_over", pack.public_id)
    opened = text_of(page(cast.cleo, "evidence_pack", pack.public_id))

    assert Rating.objects.count() == 2
    assert ("Shown by client." in sealed, "Shown by client." in opened) == (False, True)


def test_a_mark_without_evidence_is_asked_for(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    fields = marks_of("client") | {"evidence_people": ""}

    answer = post(cast.ben, "review_rate", pack.public_id, **fields)

    assert answer.status_code == 422
    assert "One sentence that somebody else could check." in text_of(answer)
    assert not Rating.objects.exists()


def test_the_client_has_a_history_of_each_provider(cast: Cast, home: Path) -> None:
    pack = a_pack(cast, home)
    provider = pack.engagement.provider
    assert provider is not None
    marks = {name: Mark(2, "Late in March.") for name in RATED["client"]}
    rate_party(pack=pack, marks=marks, by=cast.ben, as_of=TODAY)
    hand_over_rating(pack=pack, by=cast.ben, as_of=TODAY)

    html = text_of(page(cast.eva, "supplier", provider.public_id))

    assert "Late in March." in html
    assert "2.0" in html
    assert page(cast.cleo, "supplier", provider.public_id).status_code == 404
    assert page(cast.eva, "supplier", cast.eva.organisation.public_id).status_code == 404
