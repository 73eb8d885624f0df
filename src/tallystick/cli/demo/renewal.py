"""The renewal of the demo's service desk: a draft, a proposal, and a first signature."""

from datetime import datetime, timedelta
from typing import Any

from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.actions.sign_agreement import sign_agreement
from tallystick.cli.demo.months import Month, holidays
from tallystick.cli.demo.people import PASSWORD, Cast
from tallystick.records.agreements import Agreement


def renew(agreement: Agreement, first: Month, cast: Cast, as_of: datetime) -> None:
    """Propose two more years, let the provider sign first, and keep another draft back."""
    proposed = propose_agreement(
        agreement=draft_agreement(
            engagement=agreement.engagement,
            document=_renewed(agreement.document, first, first.plus(24), p2="87.5%"),
            by=cast.ada,
            as_of=as_of - timedelta(days=6),
        ),
        by=cast.ada,
        as_of=as_of - timedelta(days=5),
    )
    sign_agreement(
        agreement=proposed,
        digest=proposed.digest,
        password=PASSWORD,
        by=cast.piotr,
        as_of=as_of - timedelta(days=3),
    )
    draft_agreement(
        engagement=agreement.engagement,
        document=_renewed(agreement.document, first, first.plus(12), p2="90%"),
        by=cast.ada,
        as_of=as_of - timedelta(days=2),
    )


def _renewed(document: dict[str, Any], first: Month, last: Month, *, p2: str) -> dict[str, Any]:
    """Return the agreement for another term, with its holidays and a higher target for P2."""
    days = holidays(first.first, last.first)
    return document | {
        "in_force": {"from": first.first.isoformat(), "until": last.first.isoformat()},
        "calendars": {
            name: each | {"holidays": days} for name, each in document["calendars"].items()
        },
        "service_levels": [
            each | {"target": p2} if each["id"] == "resolution-p2" else each
            for each in document["service_levels"]
        ],
        "statements": {"issue_days": 5, "dispute_days": 20, "unanswered": "attested"},
    }
