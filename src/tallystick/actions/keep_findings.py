"""Keep the findings of a client as they are today: time opens and closes some without any act."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import Kept, keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.records.engagements import Engagement
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.organisations import Organisation


@transaction.atomic
def keep_findings(*, client: Organisation, as_of: datetime) -> Kept:
    """
    Open and close the kept findings of all engagements of a client; enter it if any changed.

    Nobody asks for it: it is the installation's own daily work.
    """
    engagements = Engagement.objects.filter(client=client).order_by("id")
    kept = keep_findings_in(engagements, as_of)
    if kept.opened or kept.closed:
        enter(
            client,
            f"The day opened {len(kept.opened)} and closed {len(kept.closed)} findings.",
            action="keep_findings",
            payload={"opened": _told(kept.opened), "closed": _told(kept.closed)},
            chain=client,
            by=None,
            as_of=as_of,
        )
    return kept


def _told(rows: list[KeptFinding]) -> list[str]:
    return sorted(f"{row.engagement.public_id} {row.key}" for row in rows)
