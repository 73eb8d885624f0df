"""An engagement's meetings, decisions, actions and shared risks -> evidence of a review."""

from collections import Counter
from datetime import datetime
from statistics import median_low
from typing import Any

from tallystick.engine.governance.working_days import working_days
from tallystick.engine.risk import TriageLevel
from tallystick.records.action_items import ActionItem
from tallystick.records.contingency import PlanRun, RunKind
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import holidays_of
from tallystick.records.meetings import COUNTED, Meeting
from tallystick.records.risks import Risk, RiskStatus


def decision_evidence(engagement: Engagement, as_of: datetime) -> dict[str, Any]:
    """Return how many meetings were held, how long questions waited, what became of actions."""
    today, holidays = as_of.date(), holidays_of(engagement, as_of.date())
    asked = list(
        Decision.objects.filter(engagement=engagement).values_list("asked_on", "decided_on")
    )
    took = [working_days(since, on, holidays) for since, on in asked if on]
    waits = [working_days(since, today, holidays) for since, on in asked if on is None]
    outcomes = Counter(
        ActionItem.objects.filter(engagement=engagement).values_list("outcome", flat=True)
    )
    met = Counter(
        Meeting.objects.filter(COUNTED, engagement=engagement, due_at__lte=as_of).values_list(
            "state", flat=True
        )
    )
    return {
        "meetings": {"due": met.total(), "held": met["held"], "skipped": met["skipped"]},
        "asked": len(asked),
        "decided": len(took),
        "median_days": median_low(took) if took else None,
        "longest_wait": max(waits, default=None),
        "actions": {
            "given": outcomes.total(),
            "done": outcomes["done"],
            "dropped": outcomes["dropped"],
            "open": outcomes[""],
        },
    }


def risk_evidence(engagement: Engagement) -> dict[str, Any]:
    """Return what became of each risk of the shared register; the client's own has no place."""
    rows = list(Risk.objects.filter(engagement=engagement).order_by("id"))
    runs = PlanRun.objects.filter(engagement=engagement, kind=RunKind.ACTIVATION)
    ended = list(runs.values_list("ended_at", flat=True))
    return {
        "identified": len(rows),
        "open": sum(each.is_open for each in rows),
        "high": sum(each.is_open and each.level == TriageLevel.HIGH for each in rows),
        "occurred": sum(each.status == RiskStatus.OCCURRED for each in rows),
        "activated": len(ended),
        "running": sum(each is None for each in ended),
        "risks": [
            {
                "risk": each.public_id,
                "title": each.title,
                "status": each.status,
                "level": each.level or None,
            }
            for each in rows
        ],
    }
