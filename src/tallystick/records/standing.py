"""The guardrails of a client, and what each finds in its present engagements now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tallystick.engine.guardrails.built_in import BUILT_IN
from tallystick.engine.guardrails.check import check
from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.guardrail import Guardrail as Rail
from tallystick.engine.guardrails.raised import raise_condition
from tallystick.engine.guardrails.snapshot import RaisedGuardrail, read_snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.findings import checked_of_all
from tallystick.records.guardrails import Guardrail
from tallystick.records.snapshot_rows import Rows, rows_of
from tallystick.records.snapshots import document_of
from tallystick.records.viewer import Viewer

Caught = tuple[Engagement, Finding]


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A guardrail; `raised` is its row, None for a built-in one. A retired one finds nothing.

    `rows` are those in which everything was found, by the engagement's primary key.
    """

    rail: Rail
    raised: Guardrail | None
    caught: Sequence[Caught] = ()
    rows: Mapping[int, Rows] = field(default_factory=dict)

    @property
    def retired(self) -> bool:
        """Return whether it is checked no longer."""
        return self.raised is not None and self.raised.retired_at is not None

    @property
    def engagements(self) -> list[Engagement]:
        """Return the engagements that violate it, each once."""
        return list(dict.fromkeys(engagement for engagement, _ in self.caught))


def present_engagements(viewer: Viewer) -> list[Engagement]:
    """Return the viewer's engagements that are not closing, the newest first."""
    visible = Engagement.objects.visible_to(viewer).exclude(stage=Stage.CLOSE)
    return list(visible.select_related("client", "provider").order_by("-planned_at", "-id"))


def past_engagements(viewer: Viewer) -> list[Engagement]:
    """Return the viewer's engagements that are closing or closed, the newest first."""
    visible = Engagement.objects.visible_to(viewer).filter(stage=Stage.CLOSE)
    return list(visible.select_related("client", "provider").order_by("-planned_at", "-id"))


def standing_guardrails(viewer: Viewer, as_of: datetime) -> list[Standing]:
    """
    Return the built-in guardrails and those raised, with what they find at a moment.

    The number of queries is fixed: it depends neither on guardrails nor on engagements.
    """
    engagements = present_engagements(viewer)
    checked = checked_of_all(engagements, as_of)
    rows = {key: each.rows for key, each in checked.items()}
    caught: defaultdict[str, list[Caught]] = defaultdict(list)
    for engagement in engagements:
        for finding in checked[engagement.pk].findings:
            caught[finding.code].append((engagement, finding))
    raised = Guardrail.objects.visible_to(viewer).select_related(
        "lesson", "raised_by", "retired_by"
    )
    return [
        *(Standing(rail, None, caught[rail.code], rows) for rail in BUILT_IN),
        *(
            Standing(raise_condition(as_raised(row)), row, caught[row.code], rows)
            for row in raised.order_by("code")
        ),
    ]


def as_raised(row: Guardrail) -> RaisedGuardrail:
    """Return a stored guardrail as a snapshot carries it."""
    return RaisedGuardrail(
        code=row.code,
        title=row.title,
        stage=Stage(row.stage),
        severity=Severity(row.severity),
        condition=row.condition,
        rationale=row.rationale,
        remedy=row.remedy,
        lesson=row.lesson.title,
    )


def would_find(
    engagements: Sequence[Engagement], raised: RaisedGuardrail, as_of: datetime
) -> list[Caught]:
    """
    Return what a guardrail that is not raised yet would find, in a fixed number of queries.

    Raises:
        ConditionFaulty: if its condition cannot be compiled.
    """
    rail = raise_condition(raised)
    rows = rows_of(engagements, as_of.date())
    return [
        (engagement, finding)
        for engagement in engagements
        for finding in check(
            read_snapshot(document_of(engagement, rows[engagement.pk], as_of.date())),
            (rail,),
            as_of.date(),
            rows[engagement.pk].policy,
        )
    ]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a guardrail would find: now, where it does not apply yet, and in past engagements."""

    caught: list[Caught]
    later: list[Caught]
    past: list[Caught]
    present_well: list[Engagement]
    past_well: list[Engagement]


def preview_of(viewer: Viewer, raised: RaisedGuardrail, first: Stage, as_of: datetime) -> Preview:
    """
    Return what a guardrail would find in all of the viewer's engagements, in few queries.

    `raised` is checked at every stage, `first` says from which one on it would apply.

    Raises:
        ConditionFaulty: if its condition cannot be compiled.
    """
    present, past = present_engagements(viewer), past_engagements(viewer)
    found = would_find([*present, *past], raised, as_of)
    now = [each for each in found if each[0].stage != Stage.CLOSE]
    names = {engagement.pk for engagement, _ in found}
    return Preview(
        caught=[each for each in now if Stage(each[0].stage).reached(first)],
        later=[each for each in now if not Stage(each[0].stage).reached(first)],
        past=[each for each in found if each[0].stage == Stage.CLOSE],
        present_well=[each for each in present if each.pk not in names],
        past_well=[each for each in past if each.pk not in names],
    )
