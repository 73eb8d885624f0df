"""The world's reviews of whole engagements: one signed, one still written, ratings, a survey."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from tallystick.actions.answer_survey import answer_survey
from tallystick.actions.comment_review import comment_review
from tallystick.actions.confirm_line import confirm_line
from tallystick.actions.link_survey import link_survey
from tallystick.actions.open_review import open_review
from tallystick.actions.open_survey import open_survey
from tallystick.actions.rate_party import Mark, rate_party
from tallystick.actions.sign_review import sign_review
from tallystick.actions.write_review import (
    FindingWording,
    Reached,
    ReviewWording,
    draft_digest,
    write_review,
)
from tallystick.engine.guardrails import Severity
from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.engine.reviews.parts import Achieved, Outcome, ReviewKind, Section
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.engine.reviews.ratings import RATED
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack, ReviewDraft
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer
from tests.cast import PASSWORD, TODAY

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def review_engagement(
    engagement: Engagement, lead: Viewer, reader: Viewer, token: Token
) -> dict[str, str]:
    """Give an engagement a signed mid-term review, an open closing one, and a survey."""
    signed = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=lead, as_of=TODAY)
    _write(signed, Outcome.CONTINUE, lead, token)
    review = signed_by(signed, lead)
    for who in (lead, reader):
        comment_review(review=review, text=token("Comment"), by=who, as_of=TODAY)
    pack = open_review(engagement=engagement, kind=ReviewKind.CLOSING, by=lead, as_of=TODAY)
    _write(pack, Outcome.CLOSED_EARLY, lead, token)
    for who in (lead, reader):
        marks = {name: Mark(4, token("Shown")) for name in RATED[who.organisation.side]}
        rate_party(pack=pack, marks=marks, by=who, as_of=TODAY)
    confirm_line(
        engagement=engagement,
        line=BUILT_IN[Checklist.EXIT][0],
        note=token("Checked"),
        by=lead,
        as_of=TODAY,
    )
    return {"pack_id": pack.public_id, "signed_pack_id": signed.public_id} | _survey(
        engagement, lead, reader, token
    )


def _write(pack: EvidencePack, outcome: Outcome, by: Viewer, token: Token) -> None:
    wording = ReviewWording(
        objectives={
            each["id"]: Reached(token("Actual"), Achieved.PARTLY)
            for each in pack.document["objectives"]
        },
        judgements={part: token("Judged") for part in Section},
        findings=[FindingWording(token("Title"), Severity.MAJOR, token("Found"), token("Mend"))],
        outcome=outcome,
        reasons=token("Reasons"),
        benefits_on=date(2027, 6, 1),
    )
    write_review(pack=pack, wording=wording, by=by, as_of=TODAY)


def signed_by(pack: EvidencePack, by: Viewer) -> Review:
    """Return the review of a pack, signed as it stands now."""
    read = draft_digest(ReviewDraft.objects.get(pack=pack))
    return sign_review(pack=pack, read=read, password=PASSWORD, by=by, as_of=TODAY)


def _survey(engagement: Engagement, lead: Viewer, reader: Viewer, token: Token) -> dict[str, str]:
    # Pages read the clock: a survey that is open today was opened today.
    now = datetime.now(UTC)
    survey = open_survey(engagement=engagement, days=60, by=lead, as_of=now)
    own, theirs = (
        link_survey(survey=survey, label=token("Label"), by=who, as_of=now)
        for who in (lead, reader)
    )
    used = link_survey(survey=survey, label=token("Used"), by=lead, as_of=now)
    answer_survey(token=used.token, marks=dict.fromkeys(QUESTIONS, 2), as_of=now)
    return {
        "survey_id": survey.public_id,
        "link_id": own.link.public_id,
        "provider_link_id": theirs.link.public_id,
        "token": own.token,
    }
