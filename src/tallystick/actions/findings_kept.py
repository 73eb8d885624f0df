"""What an act changes in the findings of an engagement, kept in the act's own transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tallystick.actions.tellings import tell_blockers
from tallystick.engine.guardrails.anchors import anchored
from tallystick.engine.guardrails.finding import Finding
from tallystick.records.engagements import Engagement
from tallystick.records.findings import Checked, checked_of_all
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.viewer import Viewer

Key = tuple[str, str]
"""Code and place of a finding; the place by the ids of what stands there."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was found for the first time, and what is found no longer."""

    opened: list[KeptFinding]
    closed: list[KeptFinding]


def keep_findings_in(
    engagements: Iterable[Engagement],
    as_of: datetime,
    *,
    because: Mapping[str, str] | None = None,
    by: Viewer | None = None,
) -> Kept:
    """
    Compare what is found now with what is kept as open: open rows, close them, bring them up.

    Whoever leads hears of gates that are blocked anew, all but the one whose act it is, `by`.
    `because` says of a code why its findings close, where it is not that they were mended. The
    number of queries does not depend on the engagements. Whoever calls holds the transaction.
    """
    asked = list(engagements)
    checked = checked_of_all(asked, as_of)
    open_ = KeptFinding.objects.filter(engagement__in=asked, closed_at=None).order_by("id")
    kept: dict[int, dict[Key, KeptFinding]] = {each.pk: {} for each in asked}
    for row in open_:
        kept[row.engagement_id][row.code, row.place] = row
    opened, closed, changed = [], [], []
    for engagement in asked:
        present, rows = _by_key(checked[engagement.pk]), kept[engagement.pk]
        for key, finding in present.items():
            if key not in rows:
                opened.append(_row(engagement, key, finding, as_of))
            elif _brought_up(rows[key], finding):
                changed.append(rows[key])
        closed += [row for key, row in rows.items() if key not in present]
    _store(opened, closed, changed, as_of, because or {})
    tell_blockers(opened, by, as_of)
    return Kept(opened, closed)


def _by_key(checked: Checked) -> dict[Key, Finding]:
    found: dict[Key, Finding] = {}
    for finding in checked.findings:
        place = anchored(checked.snapshot, finding.place)[:500]
        found.setdefault((finding.code, place), finding)
    return found


def _row(engagement: Engagement, key: Key, finding: Finding, as_of: datetime) -> KeptFinding:
    code, place = key
    return KeptFinding(
        client_id=engagement.client_id,
        engagement=engagement,
        code=code,
        place=place,
        sentence=finding.sentence,
        severity=finding.severity,
        stage=engagement.stage,
        opened_at=as_of,
        waived_until=finding.waived_until,
    )


def _brought_up(row: KeptFinding, finding: Finding) -> bool:
    """Take over what may change while a finding is open; return whether anything did."""
    told: tuple[str, str, date | None] = (
        finding.sentence, finding.severity.value, finding.waived_until,
    )  # fmt: skip
    if told == (row.sentence, row.severity, row.waived_until):
        return False
    row.sentence, row.severity, row.waived_until = told
    return True


def _store(
    opened: list[KeptFinding],
    closed: list[KeptFinding],
    changed: list[KeptFinding],
    as_of: datetime,
    because: Mapping[str, str],
) -> None:
    # Two acts at once may find the same: the second leaves the row of the first.
    KeptFinding.objects.bulk_create(opened, ignore_conflicts=True)
    for row in closed:
        row.closed_at, row.closed_because = as_of, because.get(row.code, "")
    KeptFinding.objects.bulk_update(closed, ["closed_at", "closed_because"])
    KeptFinding.objects.bulk_update(changed, ["sentence", "severity", "waived_until"])
