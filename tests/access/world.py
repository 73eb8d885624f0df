"""
A world of two clients and two providers in which every kind of record exists.

Each free text holds a token of its own, so that a text seen where it must not be names its row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from tallystick.actions.add_template_item import add_template_item
from tallystick.actions.answer_lesson import answer_lesson
from tallystick.actions.claim_relief import ReliefWording, claim_relief
from tallystick.actions.close_dispute import close_dispute
from tallystick.actions.dispute_statement import DisputeWording, dispute_statement
from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.files_kept import NewFile
from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.import_service_data import import_service_data
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.judge_recurrence import judge_recurrence
from tallystick.actions.map_upload import map_upload
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.move_lesson import move_lesson
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.actions.publish_lesson import Evidence, LessonWording, publish_lesson
from tallystick.actions.raise_guardrail import GuardrailWording, raise_guardrail
from tallystick.actions.rate_lesson import rate_lesson
from tallystick.actions.receive_register import receive_register
from tallystick.actions.receive_upload import receive_upload
from tallystick.actions.record_agreement import record_agreement
from tallystick.actions.reply_to_dispute import reply_to_dispute
from tallystick.actions.set_policy import set_policy
from tallystick.actions.share_lesson import share_lesson
from tallystick.actions.waive_credit import waive_credit
from tallystick.actions.waive_finding import waive_finding
from tallystick.actions.write_note import write_note
from tallystick.engine.guardrails import Severity
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.lessons.checklists import Checklist
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.records.agreements import Agreement
from tallystick.records.attestations import Dispute
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.drafts import AgreementDraft
from tallystick.records.embodiments import embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.findings import proposed_findings
from tallystick.records.lesson_evidence import Source
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.relief import ReliefClaim
from tallystick.records.reviews import FindingDecision, Review
from tallystick.records.roles import Role, Side
from tallystick.records.service_data import Import, Upload
from tallystick.records.statements import Statement
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer
from tallystick.records.waivers import Waiver
from tests.access.escalated import escalate
from tests.access.evidenced import a_competition, furnish_evidence
from tests.access.governed import govern
from tests.access.objected import state_objectives
from tests.access.reviewed import review_engagement
from tests.access.risked import risk_all
from tests.access.selected import furnish_selection
from tests.access.told import tell_all
from tests.cast import (
    EVENT_LOG,
    EVENT_LOG_MAPPING,
    TODAY,
    a_viewer,
    an_agreement_document,
    an_engagement,
    an_organisation,
)

ABSENT = "zzzzzzzzzzzz"
RELIEF = {"claim_days": 366, "decide_days": 366}
REJECTED_ROW = "T9,never,New,P1\n"


@dataclass
class World:
    """Who is there, and the ids of what they may and may not see."""

    home: Path
    people: dict[str, Viewer] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    personal: dict[int, dict[str, str]] = field(default_factory=dict)
    tokens: Iterator[int] = field(default_factory=lambda: count(1))

    def token(self, what: str) -> str:
        """Return a text that stands nowhere else."""
        return f"{what} tok{next(self.tokens):05d}"


def a_world(home: Path) -> World:
    """Build it through the product's own actions."""
    world = World(home)
    world.people = {
        "sourcing lead": a_viewer(Role.SOURCING_LEAD),
        "engagement manager": a_viewer(Role.ENGAGEMENT_MANAGER),
        "service owner": a_viewer(Role.SERVICE_OWNER),
        "executive": a_viewer(Role.EXECUTIVE),
        "evaluator": a_viewer(Role.EVALUATOR),
        "auditor": a_viewer(Role.AUDITOR),
        "account manager": a_viewer(Role.ACCOUNT_MANAGER),
        "delivery lead": a_viewer(Role.DELIVERY_LEAD),
        "other account manager": a_viewer(Role.ACCOUNT_MANAGER, "Kestrel Systems"),
        "other provider": a_viewer(Role.DELIVERY_LEAD, "Kestrel Systems"),
        "other client": a_viewer(Role.SOURCING_LEAD, "Southwind Water"),
    }
    nordwind, southwind = an_organisation(), an_organisation("Southwind Water")
    baltic = an_organisation("Baltic Desk", Side.PROVIDER)
    kestrel = an_organisation("Kestrel Systems", Side.PROVIDER)
    ada, other = world.people["sourcing lead"], world.people["other client"]
    for name, client, provider, lead in (
        ("nordwind-baltic", nordwind, baltic, ada),
        ("nordwind-kestrel", nordwind, kestrel, ada),
        ("southwind-kestrel", southwind, kestrel, other),
    ):
        engagement = an_engagement(
            client=client,
            provider=provider,
            name=world.token("Engagement"),
            scope=world.token("Scope"),
        )
        world.own[name] = _furnish(world, engagement, lead)
    world.personal = tell_all(world.people, world.token)
    return world


def _furnish(world: World, engagement: Engagement, lead: Viewer) -> dict[str, str]:
    """Give an engagement one of everything; return the ids by the name they have in addresses."""
    ids = {"engagement_id": engagement.public_id}
    objective = state_objectives(engagement, lead, _reader(world, engagement), world.token)
    agreement = record_agreement(
        engagement=engagement,
        document=_between(engagement, title=world.token("Agreement"), relief=RELIEF) | _services(),
        signed_on=TODAY.date(),
        by=lead,
        as_of=TODAY,
    )
    versions = _versions(world, engagement, lead)
    stored = _data(world, engagement, lead)
    _signals(world, engagement, lead)
    upload = _upload(world, engagement, lead)
    measure_service_levels(engagement=engagement, by=lead, as_of=TODAY)
    statements = {
        window: issue_statement(agreement=agreement, window=window, by=lead, as_of=TODAY)
        for window in ("2026-03", "2026-04")
    }
    dispute = _dispute(world, statements["2026-04"], lead)
    _talk(world, dispute, lead)
    claim = _claim(world, agreement)
    _waiver(world, statements["2026-03"], lead)
    review = _review(world, statements["2026-03"], lead)
    lesson = _lesson(world, review, lead)
    item = _private_things(world, engagement, lesson, lead)
    reviewed = review_engagement(engagement, lead, _reader(world, engagement), world.token)
    selected = furnish_selection(engagement, lead, world.token)
    evidence = furnish_evidence(world.token, a_competition(lead, world.token), lead)
    governed = govern(engagement, lead, _reader(world, engagement), world.token)
    escalated = escalate(engagement, lead, _reader(world, engagement), world.token)
    risked = risk_all(engagement, lead, world.token)
    exception = _exception(world, engagement, lead)
    measurement = agreement.measurements.get(
        service_level="resolution", window="2026-03", superseded_by=None
    )
    return (
        ids
        | versions
        | reviewed
        | evidence
        | selected
        | governed
        | escalated
        | risked
        | {
            "supplier_id": str(engagement.provider and engagement.provider.public_id),
            "stranger_id": an_organisation("Far Desk", Side.PROVIDER).public_id,
            "objective_id": objective.public_id,
            "agreement_id": agreement.public_id,
            "calendar_name": "office",
            "level_id": "resolution",
            "import_id": stored.public_id,
            "upload_id": upload.public_id,
            "measurement_id": measurement.public_id,
            "availability_id": agreement.measurements.get(
                service_level="portal", window="2026-03", superseded_by=None
            ).public_id,
            "statement_id": statements["2026-04"].public_id,
            "dispute_id": dispute.public_id,
            "file_id": dispute.files.get().public_id,
            "claim_id": claim.public_id,
            "review_id": review.public_id,
            "lesson_id": lesson.public_id,
            "item_id": item.public_id,
            "digest": _register(lead),
            "waiver_id": exception.public_id,
            "shared_lesson_id": _shared_lesson(world, engagement, lead).public_id,
        }
    )


def _versions(world: World, engagement: Engagement, lead: Viewer) -> dict[str, str]:
    """Give an engagement a version that waits for signatures, and a draft of each party."""
    baltic = engagement.provider == world.people["account manager"].organisation
    manager = world.people["account manager" if baltic else "other account manager"]
    next_year = {"from": "2027-01-01", "until": "2028-01-01"}

    def draft(by: Viewer) -> AgreementDraft:
        title = world.token("Draft")
        document = _between(engagement, title=title, in_force=next_year)
        return draft_agreement(engagement=engagement, document=document, by=by, as_of=TODAY)

    proposal = propose_agreement(agreement=draft(lead), by=lead, as_of=TODAY)
    return {
        "proposal_id": proposal.public_id,
        "draft_id": draft(lead).public_id,
        "provider_draft_id": draft(manager).public_id,
        "part_name": "parties",
    }


def _between(engagement: Engagement, **changes: Any) -> dict[str, Any]:
    """Return an agreement document that names the parties of an engagement."""
    assert engagement.provider is not None
    parties = {"client": engagement.client.name, "provider": engagement.provider.name}
    return an_agreement_document(**parties, **changes)


def _services() -> dict[str, Any]:
    """Return calendars and service levels, one of them an availability."""
    usual = an_agreement_document()
    portal = {
        "id": "portal",
        "name": "Availability of the portal",
        "measure": "availability",
        "calendar": "always",
        "availability": {"from": "outages", "formula": "(T-M-D)/(T-M)"},
        "target": "99%",
        "data_source": "Monitoring",
        "measured_by": "provider",
    }
    return {
        "calendars": usual["calendars"] | {"always": {"hours": "always"}},
        "service_levels": [*usual["service_levels"], portal],
    }


def _signals(world: World, engagement: Engagement, lead: Viewer) -> None:
    path = world.home / f"{engagement.public_id}-outages.csv"
    rows = f"{world.token('component')},2026-03-02T08:00:00Z,2026-03-02T09:00:00Z\n"
    path.write_text(f"component,from,to\n{rows}", encoding="utf-8")
    import_service_data(
        engagement=engagement,
        path=path,
        file_name=world.token("outages") + ".csv",
        mapping=read_mapping(
            {
                "mapping": 1,
                "shape": "outages",
                "source": "monitor",
                "columns": {"component": "component", "since": "from", "until": "to"},
            }
        ),
        complete_until=TODAY,
        by=lead,
        as_of=TODAY,
    )


def _data(world: World, engagement: Engagement, lead: Viewer) -> Import:
    path = world.home / f"{engagement.public_id}.csv"
    path.write_text(EVENT_LOG + REJECTED_ROW, encoding="utf-8")
    return import_service_data(
        engagement=engagement,
        path=path,
        file_name=world.token("file") + ".csv",
        mapping=read_mapping(EVENT_LOG_MAPPING),
        by=lead,
        as_of=TODAY,
    )


def _upload(world: World, engagement: Engagement, lead: Viewer) -> Upload:
    path = world.home / f"{engagement.public_id}.csv"
    with path.open("rb") as file:
        upload = receive_upload(
            engagement=engagement,
            file=file,
            file_name=world.token("upload") + ".csv",
            by=lead,
            as_of=TODAY,
        )
    return map_upload(
        upload=upload,
        mapping=read_mapping(EVENT_LOG_MAPPING),
        save_as=world.token("mapping"),
        by=lead,
        as_of=TODAY,
    )


def _dispute(world: World, statement: Statement, lead: Viewer) -> Dispute:
    wording = DisputeWording(
        measurement=statement.measurements.get(service_level="portal"),
        what_is_wrong=world.token("Wrong"),
        should_be=world.token("Right"),
        component=world.token("part"),
        since=statement.window_start,
        until=statement.window_end,
    )
    file = NewFile(world.token("proof") + ".txt", BytesIO(world.token("Proof").encode()))
    return dispute_statement(
        statement=statement, wording=wording, files=[file], by=lead, as_of=TODAY
    )


def _talk(world: World, dispute: Dispute, lead: Viewer) -> None:
    """Let a point be replied to and closed, with evidence beside the words."""
    file = NewFile(world.token("log") + ".txt", BytesIO(world.token("Log").encode()))
    reply_to_dispute(dispute=dispute, text=world.token("Reply"), files=[file], by=lead, as_of=TODAY)
    close_dispute(
        dispute=dispute,
        state=PointState.SETTLED,
        text=world.token("Settled"),
        by=lead,
        as_of=TODAY,
    )


def _waiver(world: World, statement: Statement, lead: Viewer) -> None:
    # The agreement of this world credits nothing: what is owed is put there by hand.
    CreditEntry.objects.create(
        engagement=statement.engagement,
        kind="owed",
        currency="EUR",
        units=400000,
        decimals=2,
        statement=statement,
        window=statement.window,
        service_level="response",
        reason=world.token("Owed"),
        entered_at=TODAY,
        entered_by=lead.person,
    )
    waive_credit(
        engagement=statement.engagement,
        amount="10.00",
        currency="EUR",
        reason=world.token("Waived"),
        by=lead,
        as_of=TODAY,
    )


def _reader(world: World, engagement: Engagement) -> Viewer:
    """Return who delivers for an engagement's provider."""
    baltic = str(engagement.provider) == "Baltic Desk"
    return world.people["delivery lead" if baltic else "other provider"]


def _exception(world: World, engagement: Engagement, lead: Viewer) -> Waiver:
    set_policy(engagement=engagement, thresholds={"falling_windows": 7}, by=lead, as_of=TODAY)
    return waive_finding(
        engagement=engagement,
        code="OBJ001",
        place="objectives[0].source",
        reason=world.token("Exception"),
        expires_on=date(2026, 12, 31),
        by=lead,
        as_of=TODAY,
    )


def _claim(world: World, agreement: Agreement) -> ReliefClaim:
    measurement = agreement.measurements.get(
        service_level="portal", window="2026-03", superseded_by=None
    )
    return claim_relief(
        measurement=measurement,
        wording=ReliefWording(
            ground=ReliefGround.CLIENT_CAUSED,
            what_happened=world.token("Happened"),
            component=world.token("claimed"),
            since=measurement.window_start,
            until=measurement.window_end,
        ),
        by=_reader(world, agreement.engagement),
        as_of=TODAY,
    )


def _review(world: World, statement: Statement, lead: Viewer) -> Review:
    verdicts = {
        finding.key: Verdict(FindingDecision.CONFIRMED, world.token("Reason"))
        for finding in proposed_findings(statement)
    }
    return hold_review(
        statement=statement,
        verdicts=verdicts,
        summary=world.token("Summary"),
        by=lead,
        as_of=TODAY,
    )


def _wording(world: World) -> LessonWording:
    return LessonWording(
        title=world.token("Lesson"),
        context=world.token("Context"),
        what_happened=world.token("Event"),
        root_cause=world.token("Cause"),
        effect=world.token("Effect"),
        preventive_action=world.token("Prevention"),
        warning_signs=world.token("Sign"),
        effect_amount=Decimal(1200),
        effect_currency="EUR",
        stages=("define", "deliver"),
    )


def _lesson(world: World, review: Review, lead: Viewer) -> Lesson:
    return publish_lesson(
        wording=_wording(world), finding=review.findings.first(), by=lead, as_of=TODAY
    )


def _shared_lesson(world: World, engagement: Engagement, lead: Viewer) -> SharedLesson:
    lesson = publish_lesson(wording=_wording(world), finding=None, by=lead, as_of=TODAY)
    assert engagement.provider is not None
    return share_lesson(
        lesson=lesson, provider=engagement.provider, wording=_wording(world), by=lead, as_of=TODAY
    )


def _register(lead: Viewer) -> str:
    content = f"title,event\n{lead.organisation.name},It happened.\n".encode()
    return receive_register(file=BytesIO(content), by=lead).removeprefix("sha256:")


def _private_things(
    world: World, engagement: Engagement, lesson: Lesson, lead: Viewer
) -> TemplateItem:
    write_note(engagement=engagement, text=world.token("Note"), by=lead, as_of=TODAY)
    answer_lesson(
        engagement=engagement,
        lesson=lesson,
        answer=Answer.ADOPTED,
        note=world.token("Disposition"),
        embodied=embodiments_of(engagement, lead)[0].key,
        by=lead,
        as_of=TODAY,
    )
    raise_guardrail(
        lesson=lesson,
        wording=GuardrailWording(
            title=world.token("Guardrail"),
            stage=Stage.DELIVER,
            severity=Severity.MAJOR,
            condition="objectives.all(o, o.unit != null)",
            rationale=world.token("Rationale"),
            remedy=world.token("Remedy"),
        ),
        by=lead,
        as_of=TODAY,
    )
    verified = LessonState.VERIFIED
    move_lesson(lesson=lesson, to=verified, note=world.token("Step"), by=lead, as_of=TODAY)
    rate_lesson(lesson=lesson, engagement=engagement, useful=True, by=lead, as_of=TODAY)
    later = publish_lesson(
        wording=_wording(world),
        finding=None,
        evidence=[Evidence(Source.DOCUMENT, world.token("Target"), world.token("Evidence"))],
        by=lead,
        as_of=TODAY,
    )
    judge_recurrence(
        lesson=lesson, mistake=later, repeats=True, note=world.token("Repeat"), by=lead, as_of=TODAY
    )
    return add_template_item(
        lesson=lesson, checklist=Checklist.RISKS, text=world.token("Line"), by=lead, as_of=TODAY
    )
