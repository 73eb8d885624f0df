"""The findings of an engagement: those of now, how many there were, and what became of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.guardrails.finding import Finding, Severity
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.stages import STAGES
from tallystick.records.engagements import Engagement
from tallystick.records.finding_history import health_by_stage, kept_findings, trend
from tallystick.records.findings import findings_from
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.snapshot_rows import rows_of
from tallystick.web.charts import ColumnsChart, columns_chart
from tallystick.web.components.words import day, sentence
from tallystick.web.finding_links import links_of
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.places import Mend, Places
from tallystick.web.tables import Column, Empty, Table

_KEPT_ROWS = 20
_SEVERITIES = [(each.value, sentence(each.value)) for each in Severity]
_STAGES = [(each.value, sentence(each.value)) for each in STAGES]
_SEVERITY = Column(
    "severity",
    "Severity",
    order_by="rank",
    template="gates/cells/severity.html",
    options=_SEVERITIES,
)
COLUMNS = (
    Column("code", "Guardrail", link=lambda row: reverse("guardrail", args=[row["code"]])),
    _SEVERITY,
    Column("sentence", "What is found", sortable=False),
    Column("remedy", "What to do", sortable=False),
    Column("mend", "Where", sortable=False, template="gates/cells/mend.html"),
    Column("gate", "Keeps the gate shut"),
    Column(
        "acts",
        "And then",
        sortable=False,
        searchable=False,
        in_files=False,
        template="gates/cells/acts.html",
    ),
)
KEPT_COLUMNS = (
    Column("code", "Guardrail", link=lambda row: reverse("guardrail", args=[row["code"]])),
    Column("severity", "Severity", template="gates/cells/severity.html", options=_SEVERITIES),
    Column("sentence", "What was found", sortable=False),
    Column(
        "stage",
        "In stage",
        format=sentence,
        options=[(each.value, sentence(each)) for each in STAGES],
    ),
    Column("opened_at", "Found"),
    Column("closed_at", "Found no more"),
    Column("closed_because", "Because", sortable=False),
)
STAGE_COLUMNS = (
    Column("stage", "Stage", format=sentence, sortable=False),
    Column("opened", "Found", numeric=True, sortable=False),
    Column("closed", "Found no more", numeric=True, sortable=False),
    Column("open", "Open", numeric=True, sortable=False),
    Column("waived", "Of these waived", numeric=True, sortable=False),
    Column("days", "Median days open", numeric=True, sortable=False),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show every finding of now with where it is mended, and how they came and went."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    now = datetime.now(UTC)
    rows = rows_of([engagement], now.date())[engagement.pk]
    places = Places(request.viewer, engagement, rows)
    table = _present(request, places, findings_from(engagement, rows, now))
    kept = kept_findings(request.viewer, engagement)
    history, health = _history(request, places, kept), _health(request, kept)
    for each, name in ((table, "findings"), (history, "findings-kept"), (health, "by-stage")):
        if each.wants_file:
            return each.file(name)
    shown = {
        "audience": "private",
        "party": request.viewer.organisation.name,
        "table": table,
        "history": history,
        "health": health,
        "own_thresholds": rows.policy != Policy(),
        **_trend(request, engagement, kept, now),
    }
    return render(request, "gates/findings.html", frame(request, engagement, "findings") | shown)


def _present(request: ViewerRequest, places: Places, found: Sequence[Finding]) -> Table:
    return Table(
        COLUMNS,
        [_row(request, places.engagement, *places.shown(each)) for each in found],
        request.GET,
        caption="Findings",
        empty=Empty("No finding", "Every guardrail that applies at this stage is satisfied today."),
    )


def _row(
    request: ViewerRequest, engagement: Engagement, finding: Finding, told: str, mend: Mend
) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "rank": finding.severity.rank,
        "sentence": told,
        "remedy": finding.remedy,
        "mend": mend.label,
        "url": mend.url,
        "gate": gate_words(finding),
        "acts": "",
        "links": links_of(request.viewer, engagement, finding),
    }


def gate_words(finding: Finding) -> str:
    """Say whether a finding keeps the gate shut, or until when it is waived."""
    if finding.waived:
        return f"Waived until {day(finding.waived_until)}: {finding.waived_because}"
    return "Yes" if finding.blocking else "No"


def _history(request: ViewerRequest, places: Places, kept: Sequence[KeptFinding]) -> Table:
    names = [column.key for column in KEPT_COLUMNS]
    rows = [
        {name: getattr(row, name) for name in names} | {"sentence": places.named(row.sentence)}
        for row in kept
    ]
    return Table(
        KEPT_COLUMNS,
        rows,
        request.GET,
        caption="What became of them",
        empty=Empty(
            "Nothing kept yet",
            "Findings are kept from the next change of the engagement on, and once a day.",
        ),
        name="kept",
        page_rows=_KEPT_ROWS,
    )


def _health(request: ViewerRequest, kept: Sequence[KeptFinding]) -> Table:
    return Table(
        STAGE_COLUMNS,
        health_by_stage(kept),
        request.GET,
        caption="By the stage in which they were found",
        empty=Empty("Nothing kept yet", "Each stage in which something was found stands here."),
        name="stages",
        filtering=False,
    )


def _trend(
    request: ViewerRequest, engagement: Engagement, kept: Sequence[KeptFinding], now: datetime
) -> dict[str, Any]:
    """Return the chart of all stages, or of the one that the address names."""
    here = reverse("findings", args=[engagement.public_id])
    known = [stage for stage in STAGES if any(row.stage == stage for row in kept)]
    asked = next((stage for stage in known if stage == request.GET.get("stage")), None)
    chosen = [row for row in kept if asked is None or row.stage == asked]
    stages = [("All stages", here, asked is None)]
    stages += [(sentence(each), f"{here}?stage={each}", each is asked) for each in known]
    where = f"Open findings that began in the {asked} stage" if asked else "Open findings"
    return {"chart": findings_chart(chosen, now, where), "stages": stages if known else []}


def findings_chart(kept: Sequence[KeptFinding], now: datetime, title: str) -> ColumnsChart:
    """Return how many findings were open over time, by severity."""
    counts = [
        (each.window, {severity.value: number for severity, number in each.open.items()})
        for each in trend(kept, now)
    ]
    return columns_chart(counts, [severity.value for severity in Severity], title)
