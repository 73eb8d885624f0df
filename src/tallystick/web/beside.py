"""Findings where the mistake is made: beside an objective's field, beside a service level."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from tallystick.engine.guardrails.finding import Finding
from tallystick.records.agreements import Agreement
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_from
from tallystick.records.objectives import Objective
from tallystick.records.snapshot_rows import Rows, rows_of
from tallystick.records.viewer import Viewer
from tallystick.web.places import Mend, Places, field_of
from tallystick.web.standings import levels_of

Shown = tuple[Finding, str, Mend]
"""A finding, its sentence for people, and where it is mended."""

Beside = Mapping[str, Sequence[Shown]]
"""Findings by the name of what they stand beside; under "" those of the whole."""

_OBJECTIVE = re.compile(r"objectives\[(\d+)\]\.?(.*)", re.ASCII)
_LEVEL = re.compile(r"agreement\.service_levels\[(\d+)\]", re.ASCII)


def beside_fields(viewer: Viewer, objective: Objective, now: datetime) -> Beside:
    """Return the findings of an objective by the field of its form."""
    rows, shown = _found(viewer, objective.engagement, now)
    found: defaultdict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        place = _OBJECTIVE.fullmatch(each[0].place)
        if place and rows.objectives[int(place[1])].pk == objective.pk:
            found[field_of(place[2])].append(each)
    return found


def beside_objectives(viewer: Viewer, engagement: Engagement, now: datetime) -> Beside:
    """Return the findings of an engagement's objectives by their ids; none for a provider."""
    if not viewer.is_client:
        return {}
    rows, shown = _found(viewer, engagement, now)
    found: defaultdict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        if place := _OBJECTIVE.fullmatch(each[0].place):
            found[rows.objectives[int(place[1])].public_id].append(each)
        elif each[0].place == "objectives":
            found[""].append(each)
    return found


def beside_levels(viewer: Viewer, agreement: Agreement, now: datetime) -> Beside:
    """
    Return the findings of a version by the service level; none for a provider.

    Only the version that guardrails look at today, which holds or held last, has any.
    """
    if not viewer.is_client:
        return {}
    rows, shown = _found(viewer, agreement.engagement, now)
    if rows.agreement is None or rows.agreement.pk != agreement.pk:
        return {}
    levels = [level["id"] for level in levels_of(rows.agreement)]
    found: defaultdict[str, list[Shown]] = defaultdict(list)
    for each in shown:
        if place := _LEVEL.match(each[0].place):
            found[levels[int(place[1])]].append(each)
        elif each[0].place.partition(".")[0] == "agreement":
            found[""].append(each)
    return found


def _found(viewer: Viewer, engagement: Engagement, now: datetime) -> tuple[Rows, Sequence[Shown]]:
    rows = rows_of([engagement], now.date())[engagement.pk]
    places = Places(viewer, engagement, rows)
    return rows, [places.shown(each) for each in findings_from(engagement, rows, now)]
