"""The demo's agreements and column mappings, as documents."""

from typing import Any

from tallystick.cli.demo.months import ZONE, Month, holidays

RESPONSE = {"P1": "30m", "P2": "1h", "P3": "4h", "P4": "8h"}
RESOLUTION = {"P1": "6h", "P2": "12h", "P3": "30h", "P4": "60h"}

MAPPING: dict[str, Any] = {
    "mapping": 1,
    "shape": "event-log",
    "source": "servicedesk",
    "history": "additions",
    "columns": {"item": "number", "at": "updated_at", "state": "state"},
    "attributes": {
        "priority": "priority",
        "group": "assignment_group",
        "promised_on": "promised_on",
        "satisfaction": "satisfaction",
    },
    "states": {
        "New": "new",
        "In Progress": "in-progress",
        "On Hold - Caller": "on-hold",
        "Resolved": "resolved",
        "Closed": "closed",
    },
}


PROBES: dict[str, Any] = {
    "mapping": 1,
    "shape": "probes",
    "source": "monitor",
    "columns": {"component": "component", "at": "checked_at", "result": "result"},
    "results": {"OK": "up", "FAIL": "down", "NO ANSWER FROM PROBE": "invalid"},
}


STATEMENTS = {"issue_days": 10, "dispute_days": 40}
RELIEF: dict[str, Any] = {
    "grounds": ["client-caused", "third-party", "force-majeure"],
    "claim_days": 40,
    "decide_days": 20,
}
CHARGES = {"currency": "EUR", "monthly": "84000.00"}
CREDITS: dict[str, Any] = {
    "at_risk": "12%",
    "repeats": [{"nth": 2, "times": "1.5"}],
    "yearly_cap": "10%",
    "earn_back": {"within": 3},
    "terminations": [
        {"consecutive": {"times": 4}},
        {"credit_sum": {"amount": "60000.00", "within": 12}},
    ],
}
RENEWAL = {"renews": "automatically", "months": 12, "notice_days": 90}


def _level(
    kind: str, name: str, priorities: str, target: str, **consequences: Any
) -> dict[str, Any]:
    limits = RESPONSE if kind == "response" else RESOLUTION
    chosen = priorities.split("-")
    return {
        "id": f"{kind}-{priorities.lower()}",
        "name": name,
        "measure": f"{kind}-time",
        "calendar": "desk",
        "targets": [{"when": {"priority": [each]}, "limit": limits[each]} for each in chosen],
        "target": target,
        "window": "month",
        "data_source": "Monthly export of the ticket system, drawn on the third day",
        "measured_by": "client",
        **consequences,
    }


def _critical(allocation: str, minimum: str) -> dict[str, Any]:
    return {
        "class": "critical-service-level",
        "minimum": minimum,
        "credit": {"allocation": allocation, "trigger": "below-expected"},
    }


def _key(name: str, title: str, measure: str, target: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "name": title,
        "measure": measure,
        "calendar": "desk",
        "target": target,
        "data_source": "Monthly export of the ticket system, drawn on the third day",
        "measured_by": "client",
        **more,
    }


def every_kind() -> list[dict[str, Any]]:
    """Return a level of each kind of measure that is no time within a limit."""
    enough = {"measured_from": 20}
    return [
        _key(
            "requests-on-the-day", "Requests are delivered on the day promised", "deadline", "85%",
            targets=[{"when": {"priority": ["P4"]}, "due": {"from": "promised_on"}}],
        ),
        _key(
            "fixed-first-time", "Tickets stay solved", "ratio", "93%",
            good={"reopened": ["no"]}, low_volume=enough,
        ),
        _key(
            "satisfaction", "Callers' satisfaction, one to five", "score", ">= 4.1",
            of="satisfaction", statistic="mean", minimum=">= 3.8", low_volume=enough,
        ),
        _key(
            "p3-slowest-tenth", "Nine in ten P3 tickets are solved within", "resolution-time",
            "<= 36h", statistic="p90", applies_to={"priority": ["P3"]},
        ),
        _key(
            "quarterly-response", "Median response over the quarter", "response-time", "<= 1h30m",
            statistic="median", window="quarter",
        ),
        _key(
            "portal", "The self-service portal is up", "availability", "99.5%",
            calendar="portal", minimum="98.5%",
            availability={
                "from": "probes",
                "formula": "(T-M-D)/(T-M)",
                "interval": "15m",
                "components": {"serial": ["portal", "sign-on"]},
            },
        ),
        _key("volume", "Tickets opened", "volume", "<= 260"),
        _key("backlog", "Tickets open as the month ends", "backlog", "<= 45"),
    ]  # fmt: skip


def within_limits() -> list[dict[str, Any]]:
    """Return the levels by priority: five, two of which carry a credit."""
    return [
        _level("response", "Response to P1 and P2 incidents", "P1-P2", "90%"),
        _level("response", "Response to P3 and P4 requests", "P3-P4", "92.5%"),
        _level("resolution", "Resolution of P1 incidents", "P1", "85%"),
        _level("resolution", "Resolution of P2 incidents", "P2", "85%", **_critical("60%", "75%")),
        _level(
            "resolution",
            "Resolution of P3 and P4 requests",
            "P3-P4",
            "85%",
            **_critical("40%", "80%"),
            repetition={"times": 4, "within": 12},
            ratchet={"after": 12},
        ),
    ]


def calendars(days: list[str]) -> dict[str, Any]:
    """Return the hours of the desk and of the portal."""
    common = {"holidays": days, "country": "DE"}
    return {
        "desk": {"hours": {"mon-fri": ["07:30-12:30", "13:00-18:30"]}, **common},
        "portal": {"hours": {"mon-sun": ["06:00-22:00"]}, **common},
    }


def agreement(
    *,
    name: str,
    title: str,
    provider: str,
    first: Month,
    last: Month,
    with_holidays: bool = True,
    with_every_kind: bool = False,
) -> dict[str, Any]:
    """Return an agreement on five service levels or more, from one month up to another."""
    days = holidays(first.first, last.first) if with_holidays else []
    more = every_kind() if with_every_kind else []
    return {
        "agreement": 1,
        "id": name,
        "version": 1,
        "title": title,
        "client": "Nordwind Energy",
        "provider": provider,
        "in_force": {"from": first.first.isoformat(), "until": last.first.isoformat()},
        "zone": ZONE,
        "calendars": calendars(days) if more else {"desk": calendars(days)["desk"]},
        "service_levels": [*within_limits(), *more],
        "statements": STATEMENTS,
        "relief": RELIEF,
        "renewal": RENEWAL,
        "charges": CHARGES,
        "credits": CREDITS,
    }
