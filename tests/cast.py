"""One cast for all permission tests, and what they work on; a factory starts with `a_`."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.people import Person
from tallystick.records.roles import Role, Side
from tallystick.records.viewer import Viewer

TODAY = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)
PASSWORD = "a tally of notches"


def an_organisation(name: str = "Nordwind Energy", side: Side = Side.CLIENT) -> Organisation:
    """Return the organisation of that name, made if needed."""
    return Organisation.objects.get_or_create(name=name, defaults={"side": side})[0]


@cache
def _hashed(password: str) -> str:
    # Argon2 is slow on purpose; once is enough.
    return make_password(password)


def a_viewer(role: Role = Role.SOURCING_LEAD, organisation: str = "") -> Viewer:
    """Return someone new with a role; client roles belong to Nordwind Energy."""
    client = role.side is Side.CLIENT
    home = an_organisation(
        organisation or ("Nordwind Energy" if client else "Baltic Desk"), role.side
    )
    number = Person.objects.count() + 1
    person = Person(email=f"p{number}@example.org", name=f"Person {number}")
    person.password = _hashed(PASSWORD)
    person.save()
    Membership.objects.create(person=person, organisation=home, role=role, since=TODAY)
    return Viewer(person=person, organisation=home, role=role)


def an_engagement(**changes: Any) -> Engagement:
    """Return a stored engagement of Nordwind Energy and Baltic Desk, in delivery."""
    usual: dict[str, Any] = {
        "name": "Service desk",
        "service_type": ServiceType.SERVICE_DESK,
        "stage": Stage.DELIVER,
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2027, 12, 31),
        "planned_at": TODAY,
        "client": an_organisation(),
        "provider": an_organisation("Baltic Desk", Side.PROVIDER),
    }
    return Engagement.objects.create(**usual | changes)


def an_agreement_document(**changes: Any) -> dict[str, Any]:
    """Return an agreement document with a response and a resolution level."""
    usual: dict[str, Any] = {
        "agreement": 1,
        "id": "service-desk",
        "version": 1,
        "title": "Service desk services",
        "client": "Nordwind Energy",
        "provider": "Baltic Desk",
        "in_force": {"from": "2026-01-01", "until": "2027-01-01"},
        "zone": "Europe/Berlin",
        "calendars": {
            "office": {
                "hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]},
                "holidays": ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01"],
            }
        },
        "service_levels": [
            {
                "id": "response",
                "name": "Response to incidents",
                "measure": "response-time",
                "calendar": "office",
                "targets": [{"limit": "1h"}],
                "target": "90%",
                "window": "month",
                "data_source": "Ticket export",
                "measured_by": "provider",
            },
            {
                "id": "resolution",
                "name": "Resolution of incidents",
                "measure": "resolution-time",
                "calendar": "office",
                "targets": [{"limit": "8h"}],
                "target": "95%",
                "window": "month",
                "data_source": "Ticket export",
                "measured_by": "provider",
            },
        ],
    }
    return usual | changes


EVENT_LOG_MAPPING: dict[str, Any] = {
    "mapping": 1,
    "shape": "event-log",
    "source": "desk",
    "history": "whole",
    "columns": {"item": "number", "at": "at", "state": "state"},
    "attributes": {"priority": "priority"},
    "states": {"New": "new", "Work": "in-progress", "Wait": "on-hold", "Done": "resolved"},
}

EVENT_LOG = """number,at,state,priority
T1,2026-03-02T08:00:00Z,New,P1
T1,2026-03-02T08:30:00Z,Work,P1
T1,2026-03-02T10:00:00Z,Done,P1
T2,2026-03-03T08:00:00Z,New,P2
T2,2026-03-03T12:00:00Z,Work,P2
T2,2026-03-10T12:00:00Z,Done,P2
T3,2026-03-04T08:00:00Z,New,P2
T3,2026-03-04T08:10:00Z,Work,P2
T3,2026-03-04T09:00:00Z,Wait,P2
T3,2026-03-09T09:00:00Z,Work,P2
T3,2026-03-09T10:00:00Z,Done,P2
T4,2026-05-04T08:00:00Z,New,P1
T4,2026-05-04T08:20:00Z,Work,P1
T4,2026-05-04T09:00:00Z,Done,P1
"""


@dataclass(frozen=True, slots=True)
class Cast:
    """Ada leads sourcing, Ben manages, Eva evaluates, Ann audits; Cleo and Dan provide."""

    ada: Viewer = field(default_factory=lambda: a_viewer(Role.SOURCING_LEAD))
    ben: Viewer = field(default_factory=lambda: a_viewer(Role.ENGAGEMENT_MANAGER))
    eva: Viewer = field(default_factory=lambda: a_viewer(Role.EVALUATOR))
    ann: Viewer = field(default_factory=lambda: a_viewer(Role.AUDITOR))
    cleo: Viewer = field(default_factory=lambda: a_viewer(Role.DELIVERY_LEAD))
    dan: Viewer = field(default_factory=lambda: a_viewer(Role.DELIVERY_LEAD, "Kestrel Systems"))
