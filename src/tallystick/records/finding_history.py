"""What became of an engagement's findings: counts over time, and by the stage they opened in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.open_over_time import Count, Span, counts_of
from tallystick.engine.guardrails.stages import STAGES, Stage
from tallystick.records.engagements import Engagement
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StageHealth:
    """The findings that opened in one stage; `days` is the median that those closed were open."""

    stage: Stage
    opened: int
    closed: int
    open: int
    waived: int
    days: int | None


def kept_findings(viewer: Viewer, engagement: Engagement) -> list[KeptFinding]:
    """Return what was kept of an engagement's findings, the newest first."""
    rows = KeptFinding.objects.visible_to(viewer).filter(engagement=engagement)
    return list(rows.order_by("-opened_at", "-id"))


def trend(rows: Iterable[KeptFinding], as_of: datetime) -> list[Count]:
    """Return how many were open at the ends of weeks or months."""
    return counts_of(
        (Span(Severity(row.severity), row.opened_at, row.closed_at) for row in rows), as_of
    )


def health_by_stage(rows: Sequence[KeptFinding]) -> list[StageHealth]:
    """Return the stages in which anything was found, in their order."""
    by_stage = [(stage, [row for row in rows if row.stage == stage]) for stage in STAGES]
    return [_health(stage, found) for stage, found in by_stage if found]


def _health(stage: Stage, rows: Sequence[KeptFinding]) -> StageHealth:
    lasted = [row.closed_at - row.opened_at for row in rows if row.closed_at]
    open_ = [row for row in rows if not row.closed_at]
    return StageHealth(
        stage=stage,
        opened=len(rows),
        closed=len(lasted),
        open=len(open_),
        waived=sum(row.waived_until is not None for row in open_),
        days=median_low(lasted) // timedelta(days=1) if lasted else None,
    )
