"""The demo's reviews of whole engagements: one at mid-term, one that closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from tallystick.actions.answer_survey import answer_survey
from tallystick.actions.comment_review import comment_review
from tallystick.actions.confirm_line import confirm_line
from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.countersign_review import countersign_review
from tallystick.actions.hand_over_rating import hand_over_rating
from tallystick.actions.invoice_credit import invoice_credit
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
from tallystick.cli.demo.people import PASSWORD, Cast
from tallystick.cli.demo.review_words import (
    CLOSING_MARKS,
    CLOSING_MARKS_BACK,
    CLOSING_WORDS,
    DONE,
    MID_TERM_MARKS,
    MID_TERM_WORDS,
    SWALLOWED,
)
from tallystick.engine.guardrails import Severity
from tallystick.engine.reviews.parts import Achieved, Outcome, OwedTo, ReviewKind
from tallystick.engine.reviews.perceived import QUESTIONS
from tallystick.records.closing_checks import exit_lines
from tallystick.records.credit_ledger import balances_in
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer

DOUBTFUL = ((2, 3, 3, 2, 3, 3), (3, 2, 4, 3, 3, 2), (2, 2, 3, 3, 4, 2), (4, 3, 2, 2, 3, 3))
PLEASED = ((4, 4, 3, 3, 4, 5), (5, 4, 4, 3, 4, 4), (4, 5, 4, 2, 4, 5))
"""What people of the client and of the provider answer, question by question."""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Holds them, through the product's own actions."""

    cast: Cast

    def mid_term(self, engagement: Engagement, as_of: datetime) -> None:
        """Review the service desk: the figures are green, and its users are not content."""
        ada, ben, cleo = self.cast.ada, self.cast.ben, self.cast.cleo
        self._survey(engagement, as_of - timedelta(days=20))
        pack = open_review(
            engagement=engagement,
            kind=ReviewKind.MID_TERM,
            by=ben,
            as_of=as_of - timedelta(hours=4),
        )
        wording = ReviewWording(
            objectives=_reached(
                pack, "7.0, in the survey of the last quarter", Achieved.PARTLY, OwedTo.BOTH
            )
            | _reached(pack, "66 %, in last month's export", Achieved.OPEN, about="first contact")
            | _reached(pack, "Not measured yet", Achieved.OPEN, about="one solved ticket"),
            judgements=MID_TERM_WORDS.judgements,
            findings=[FindingWording(severity=Severity.MAJOR, **SWALLOWED)],
            outcome=Outcome.CHANGE,
            reasons=MID_TERM_WORDS.reasons,
        )
        write_review(pack=pack, wording=wording, by=ben, as_of=as_of - timedelta(hours=3))
        review = self._signed(pack, ada, as_of - timedelta(hours=2))
        comment_review(
            review=review,
            text="We take the finding on. From the first of next month three people start at "
            "seven, and we call back after each closed ticket of the second priority.",
            by=cleo,
            as_of=as_of - timedelta(hours=1),
        )
        self._rated(pack, ben, MID_TERM_MARKS, as_of - timedelta(hours=1))

    def closing(self, engagement: Engagement, as_of: datetime) -> None:
        """Close the data centre in order: nothing is left open, and both parties sign."""
        ada, ben, dan, grace = self.cast.ada, self.cast.ben, self.cast.dan, self.cast.grace
        self._settle(engagement, as_of - timedelta(days=7))
        for line in exit_lines(engagement):
            note = DONE.get(line.text, "Seen by both managers at the hand-over.")
            confirm_line(
                engagement=engagement,
                line=line.text,
                note=note,
                by=ben,
                as_of=as_of - timedelta(days=5),
            )
        pack = open_review(
            engagement=engagement,
            kind=ReviewKind.CLOSING,
            by=ben,
            as_of=as_of - timedelta(days=4),
        )
        wording = ReviewWording(
            objectives=_reached(
                pack, "7.4, in the last survey of the term", Achieved.PARTLY, OwedTo.PROVIDER
            ),
            judgements=CLOSING_WORDS.judgements,
            outcome=Outcome.CLOSED_AS_PLANNED,
            reasons=CLOSING_WORDS.reasons,
            benefits_on=(as_of + timedelta(days=270)).date(),
        )
        write_review(pack=pack, wording=wording, by=ben, as_of=as_of - timedelta(days=3))
        review = self._signed(pack, ada, as_of - timedelta(days=2))
        countersign_review(
            review=review, read=review.digest, password=PASSWORD, by=grace, as_of=as_of
        )
        self._rated(pack, ben, CLOSING_MARKS, as_of)
        self._rated(pack, dan, CLOSING_MARKS_BACK, as_of)

    def _survey(self, engagement: Engagement, opened: datetime) -> None:
        survey = open_survey(engagement=engagement, days=14, by=self.cast.ada, as_of=opened)
        for by, answers in ((self.cast.ada, DOUBTFUL), (self.cast.cleo, PLEASED)):
            for number, marks in enumerate(answers, 1):
                at = opened + timedelta(days=number)
                link = link_survey(survey=survey, label=f"Person {number}", by=by, as_of=opened)
                given = dict(zip(QUESTIONS, marks, strict=True))
                answer_survey(token=link.token, marks=given, as_of=at)

    def _signed(self, pack: EvidencePack, by: Viewer, as_of: datetime) -> Review:
        pack.draft.refresh_from_db()
        return sign_review(
            pack=pack, read=draft_digest(pack.draft), password=PASSWORD, by=by, as_of=as_of
        )

    def _rated(
        self, pack: EvidencePack, by: Viewer, marks: Sequence[tuple[str, int, str]], at: datetime
    ) -> None:
        given = {name: Mark(mark, evidence) for name, mark, evidence in marks}
        rate_party(pack=pack, marks=given, by=by, as_of=at)
        hand_over_rating(pack=pack, by=by, as_of=at)

    def _settle(self, engagement: Engagement, as_of: datetime) -> None:
        """Invoice and pay what is still owed."""
        for balance in balances_in([engagement]).get(engagement.pk, []):
            if balance.to_invoice > Decimal(0):
                invoice_credit(
                    engagement=engagement,
                    amount=balance.to_invoice,
                    currency=balance.currency,
                    reference="Final credit note",
                    by=self.cast.dan,
                    as_of=as_of,
                )
            if balance.outstanding > Decimal(0):
                confirm_payment(
                    engagement=engagement,
                    amount=balance.outstanding,
                    currency=balance.currency,
                    reference="Set off in the final invoice",
                    by=self.cast.ada,
                    as_of=as_of,
                )


def _reached(
    pack: EvidencePack,
    actual: str,
    achieved: Achieved,
    owed_to: OwedTo | None = None,
    *,
    about: str = "",
) -> dict[str, Reached]:
    """Say what the objectives came to whose statement holds some words; without words, all."""
    return {
        each["id"]: Reached(actual, achieved, owed_to)
        for each in pack.document["objectives"]
        if about in each["statement"]
    }
