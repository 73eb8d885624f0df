"""More rows of every kind, made directly: what a list page must bear."""

from datetime import date, timedelta
from typing import Any

from tallystick.actions.ledger import enter
from tallystick.records.agreements import Agreement
from tallystick.records.attestations import Dispute
from tallystick.records.closing_checks import ClosingCheck
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.dispute_replies import DisputeClosing, DisputeReply
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.evidence_packs import EvidencePack, PrivateEvidence, ReviewDraft
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.lesson_evidence import LessonEvidence, LessonFeedback
from tallystick.records.lessons import Disposition, Lesson, LessonStep
from tallystick.records.measurements import Measurement
from tallystick.records.notes import InternalNote
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.relief import ReliefClaim, ReliefDecision
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review, ReviewFinding
from tallystick.records.service_data import Import, Upload
from tallystick.records.signatures import Signature
from tallystick.records.statements import Statement
from tallystick.records.surveys import Survey, SurveyAnswer, SurveyLink
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer
from tallystick.records.waivers import Waiver
from tests.access.escalated import escalation_rows
from tests.access.governed import governance_rows
from tests.access.growth_evidence import grow_evidence
from tests.access.growth_of_selections import selection_rows
from tests.access.objected import objective_rows
from tests.access.risked import risk_rows
from tests.access.told import inbox_rows
from tests.cast import TODAY, an_agreement_document


def grow(engagement: Engagement, numbers: range, by: Viewer) -> None:
    """Add a row of each kind to an engagement and its client for each number."""
    for number in numbers:
        _engagement_rows(engagement, number, by)
        _window_rows(engagement, number, by)
        _answer_rows(engagement, number, by)
        _client_rows(engagement, number, by)
        _review_rows(engagement, number, by)
        _word_rows(engagement, number, by)
        _survey_rows(engagement, number, by)
        selection_rows(engagement, number, by)
        grow_evidence(engagement, number, by)
        governance_rows(engagement, number, by)
        escalation_rows(engagement, number, by)
        inbox_rows(engagement, number, by)
        risk_rows(engagement, number, by)


def _engagement_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    other = Engagement.objects.get(pk=engagement.pk)
    other.pk, other.name, other.public_id = None, f"Grown {number}", f"grown{number:07d}"
    other.save()
    objective_rows(engagement, number, by)
    upload = Upload.objects.create(
        engagement=engagement,
        file_name=f"{number}.csv",
        digest="sha256:" + "0" * 64,
        size=1,
        state="committed",
        uploaded_at=TODAY,
        uploaded_by=by.person,
    )
    Import.objects.create(
        engagement=engagement,
        upload=upload,
        file_name=f"{number}.csv",
        digest="sha256:" + f"{number:064d}",
        mapping={},
        shape="event-log",
        source="desk",
        read=1,
        accepted=1,
        rejected=0,
        unchanged=0,
        # Without items of its own it has no files, and takes no part in measuring.
        items=0,
        imported_at=TODAY,
        imported_by=by.person,
    )
    enter(
        engagement,
        f"Grew {number}.",
        action="grow",
        payload={},
        chain=engagement,
        by=by,
        as_of=TODAY,
    )


def _window_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    first = date(2030 + number // 12, number % 12 + 1, 1)
    start = TODAY.replace(year=first.year, month=first.month, day=1, hour=0)
    document = an_agreement_document(version=100 + number)
    agreement = Agreement.objects.create(
        engagement=engagement,
        version=100 + number,
        title=f"Agreement {number}",
        document=document,
        digest="sha256:" + f"{number:064d}",
        state="withdrawn",
        state_at=TODAY,
        proposed_for=by.organisation,
        in_force_from=first,
        in_force_until=first + timedelta(days=28),
        signed_on=first,
        recorded_at=TODAY,
        recorded_by=by.person,
    )
    Signature.objects.create(
        engagement=engagement,
        agreement=agreement,
        organisation=by.organisation,
        signed_by=by.person,
        role=by.role,
        digest=agreement.digest,
        signed_at=TODAY,
    )
    AgreementDraft.objects.create(
        engagement=engagement,
        organisation=by.organisation,
        title=f"Draft {number}",
        document=document,
        digest="sha256:" + f"{number:064d}",
        drafted_at=TODAY,
        drafted_by=by.person,
        edited_at=TODAY,
        edited_by=by.person,
    )
    current = Agreement.objects.filter(engagement=engagement, version=1).get()
    statement = Statement.objects.create(
        engagement=engagement,
        agreement=agreement,
        window=f"{first:%Y-%m}",
        window_start=start,
        window_end=start + timedelta(days=28),
        issued_at=TODAY,
        issued_by=by.person,
    )
    measurement = Measurement.objects.create(
        engagement=engagement,
        agreement=current,
        service_level="response",
        window=f"{first:%Y-%m}",
        window_start=start,
        window_end=start + timedelta(days=28),
        numerator=9,
        denominator=10,
        pending=0,
        goal="90%",
        verdict="met",
        evidence="none.parquet",
        evidence_digest="sha256:" + "0" * 64,
        engine_version="0",
        zone_data_version="0",
        data_until=TODAY,
        measured_at=TODAY,
        measured_by=by.person,
    )
    statement.measurements.add(measurement)
    Dispute.objects.create(
        engagement=engagement,
        statement=statement,
        side="client",
        measurement=measurement,
        what_is_wrong=f"Wrong {number}",
        should_be="Right",
        disputed_at=TODAY,
        disputed_by=by.person,
    )
    review = Review.objects.create(
        engagement=engagement, statement=statement, held_at=TODAY, held_by=by.person
    )
    ReviewFinding.objects.create(
        engagement=engagement,
        review=review,
        code="DEL001",
        severity="major",
        place="x",
        sentence=f"Finding {number}",
        remedy="Mend it",
        decision="confirmed",
    )


def _review_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a review of the engagement as a whole, with a rating."""
    digest = "sha256:" + f"{number:064d}"
    signed = Review.objects.filter(engagement=engagement).exclude(pack=None).earliest("id")
    pack = EvidencePack.objects.create(
        engagement=engagement,
        kind="mid-term",
        document=signed.pack.document,
        digest=digest,
        opened_at=TODAY,
        opened_by=by.person,
    )
    own = {"client": engagement.client, "pack": pack}
    PrivateEvidence.objects.create(**own, document={}, digest=digest)
    ReviewDraft.objects.create(**own, edited_at=TODAY, edited_by=by.person)
    Review.objects.create(
        engagement=engagement,
        kind="mid-term",
        pack=pack,
        document=signed.document,
        digest=digest,
        outcome="continue",
        held_at=TODAY,
        held_by=by.person,
    )
    rated = {
        "engagement": engagement,
        "pack": pack,
        "organisation": by.organisation,
        "marks": {"again": {"mark": 4, "evidence": f"Shown {number}"}},
    }
    Rating.objects.create(**rated, rated_at=TODAY, rated_by=by.person)
    SharedRating.objects.create(**rated, shared_at=TODAY)


def _word_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add what people say beside the review that the pages are asked for."""
    signed = Review.objects.filter(engagement=engagement).exclude(pack=None).earliest("id")
    newest = Review.objects.filter(engagement=engagement).exclude(pack=None).latest("id")
    ReviewFinding.objects.create(
        engagement=engagement,
        review=signed,
        code="REVIEW",
        severity="major",
        place="x",
        sentence=f"Found {number}",
        remedy="Mend it",
        decision="confirmed",
    )
    ReviewComment.objects.create(
        engagement=engagement,
        review=signed,
        organisation=by.organisation,
        text=f"Comment {number}",
        said_at=TODAY,
        said_by=by.person,
    )
    ReviewSignature.objects.create(
        engagement=engagement,
        review=newest,
        organisation=by.organisation,
        signed_by=by.person,
        role=by.role,
        digest=newest.digest,
        signed_at=TODAY,
    )
    ClosingCheck.objects.create(
        client=engagement.client,
        engagement=engagement,
        line=f"Line {number}",
        note="Seen",
        confirmed_at=TODAY,
        confirmed_by=by.person,
    )


def _survey_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    asked = Survey.objects.filter(engagement=engagement).earliest("id")
    over = Survey.objects.create(
        engagement=engagement, opened_at=TODAY, opened_by=by.person, closes_at=TODAY
    )
    for survey in (asked, over):
        SurveyLink.objects.create(
            survey=survey,
            organisation=by.organisation,
            label=f"Label {number}",
            token_hash=f"{survey.pk:032d}{number:032d}",
            made_at=TODAY,
            made_by=by.person,
        )
        SurveyAnswer.objects.create(survey=survey, side="client", marks={})


def _answer_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add what parties say of the statement that the pages are asked for."""
    statement = Statement.objects.get(engagement=engagement, window="2026-04")
    dispute = Dispute.objects.create(
        engagement=engagement,
        statement=statement,
        side="client",
        measurement=statement.measurements.get(service_level="portal"),
        what_is_wrong=f"Wrong {number}",
        should_be="Right",
        disputed_at=TODAY,
        disputed_by=by.person,
    )
    reply = DisputeReply.objects.create(
        engagement=engagement,
        dispute=dispute,
        side="provider",
        text=f"Reply {number}",
        replied_at=TODAY,
        replied_by=by.person,
    )
    DisputeClosing.objects.create(
        engagement=engagement,
        dispute=dispute,
        state="settled",
        text=f"Settled {number}",
        closed_at=TODAY,
        closed_by=by.person,
    )
    claim = ReliefClaim.objects.create(
        engagement=engagement,
        agreement=statement.agreement,
        service_level="resolution",
        window="2026-04",
        ground="client-caused",
        what_happened=f"Happened {number}",
        items=[f"G{number}"],
        claimed_at=TODAY,
        claimed_by=by.person,
    )
    ReliefDecision.objects.create(
        engagement=engagement,
        claim=claim,
        state="rejected",
        reason="r",
        decided_at=TODAY,
        decided_by=by.person,
    )
    CreditEntry.objects.create(
        engagement=engagement,
        kind="owed",
        currency="EUR",
        units=number + 1,
        decimals=2,
        statement=statement,
        window="2026-04",
        reason=f"Owed {number}",
        entered_at=TODAY,
        entered_by=by.person,
    )
    _file(engagement, number, by, claim=claim)
    _file(engagement, 100 + number, by, dispute=dispute)
    _file(engagement, 200 + number, by, reply=reply)


def _file(engagement: Engagement, number: int, by: Viewer, **beside: Any) -> None:
    EvidenceFile.objects.create(
        engagement=engagement,
        **beside,
        file_name=f"{number}.txt",
        size=1,
        digest="sha256:" + f"{number:064d}",
        stored_as=f"{number:032d}",
        added_at=TODAY,
        added_by=by.person,
    )


def _client_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    lesson = Lesson.objects.create(
        client=engagement.client,
        title=f"Lesson {number}",
        context="c",
        what_happened="w",
        root_cause="r",
        effect="e",
        preventive_action="p",
        state="identified",
        published_at=TODAY,
        published_by=by.person,
    )
    Disposition.objects.create(
        client=engagement.client,
        engagement=engagement,
        lesson=lesson,
        answer="adopted",
        note="n",
        answered_at=TODAY,
        answered_by=by.person,
    )
    common = {"client": engagement.client, "lesson": lesson}
    LessonStep.objects.create(**common, state="identified", taken_at=TODAY, taken_by=by.person)
    LessonEvidence.objects.create(**common, source="document", target="t", told="t")
    LessonFeedback.objects.create(
        **common, engagement=engagement, useful=True, given_at=TODAY, given_by=by.person
    )
    TemplateItem.objects.create(
        **common, checklist="risks", text=f"Line {number}", added_at=TODAY, added_by=by.person
    )
    Guardrail.objects.create(
        client=engagement.client,
        lesson=lesson,
        code=f"LSN{100 + number}",
        title=f"Guardrail {number}",
        stage="deliver",
        severity="minor",
        condition="true",
        rationale="r",
        remedy="m",
        raised_at=TODAY,
        raised_by=by.person,
    )
    _finding_rows(engagement, number, by)
    InternalNote.objects.create(
        client=engagement.client,
        engagement=engagement,
        text=f"Note {number}",
        written_at=TODAY,
        written_by=by.person,
    )
    enter(
        lesson,
        f"Grew {number}.",
        action="grow",
        payload={},
        chain=engagement.client,
        by=by,
        as_of=TODAY,
    )


def _finding_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    KeptFinding.objects.create(
        client=engagement.client,
        engagement=engagement,
        code="DEL001",
        place=f"measurements[grown {number}]",
        sentence=f"Finding {number}.",
        severity="major",
        stage="deliver",
        opened_at=TODAY - timedelta(days=number),
    )
    Waiver.objects.create(
        client=engagement.client,
        engagement=engagement,
        code="OBJ001",
        place=f"objectives[grown{number}]",
        reason=f"Reason {number}",
        approver=by.person,
        granted_at=TODAY,
        expires_on=TODAY.date() + timedelta(days=90),
    )
