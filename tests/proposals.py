"""Drafts, proposals and signatures for tests: who does it, and what changes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tallystick.actions.draft_agreement import draft_agreement
from tallystick.actions.propose_agreement import propose_agreement
from tallystick.actions.record_agreement import record_agreement
from tallystick.actions.sign_agreement import sign_agreement
from tallystick.records.agreements import Agreement
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Role
from tallystick.records.signatures import Signature
from tallystick.records.viewer import Viewer
from tests.cast import PASSWORD, TODAY, a_viewer, an_agreement_document, an_engagement

NEXT_YEAR = {"from": "2027-01-01", "until": "2028-01-01"}


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at the table: Ada and Xen for the client, Mia and Cleo for the provider."""

    ada: Viewer = field(default_factory=lambda: a_viewer(Role.SOURCING_LEAD))
    xen: Viewer = field(default_factory=lambda: a_viewer(Role.EXECUTIVE))
    mia: Viewer = field(default_factory=lambda: a_viewer(Role.ACCOUNT_MANAGER))
    cleo: Viewer = field(default_factory=lambda: a_viewer(Role.DELIVERY_LEAD))
    engagement: Engagement = field(default_factory=an_engagement)

    def draft(self, by: Viewer | None = None, **changes: Any) -> AgreementDraft:
        """Return a draft, of Ada's if nobody is named."""
        return draft_agreement(
            engagement=self.engagement,
            document=an_agreement_document(**changes),
            by=by or self.ada,
            as_of=TODAY,
        )

    def propose(
        self, by: Viewer | None = None, as_of: datetime = TODAY, gap: bool = False, **changes: Any
    ) -> Agreement:
        """Return a version that waits for both signatures."""
        return propose_agreement(
            agreement=self.draft(by, **changes),
            gap_acknowledged=gap,
            by=by or self.ada,
            as_of=as_of,
        )

    def sign(self, agreement: Agreement, by: Viewer, **changes: Any) -> Signature:
        """Sign a version as someone, with the right hash and password if no other is given."""
        usual = {"digest": agreement.digest, "password": PASSWORD, "as_of": TODAY}
        return sign_agreement(agreement=agreement, by=by, **usual | changes)

    def agree(self, **changes: Any) -> Agreement:
        """Return a version that both parties have signed here."""
        agreement = self.propose(**changes)
        self.sign(agreement, self.ada)
        self.sign(agreement, self.mia)
        agreement.refresh_from_db()
        return agreement

    def record(self, **changes: Any) -> Agreement:
        """Return a version that was signed on paper."""
        return record_agreement(
            engagement=self.engagement,
            document=an_agreement_document(**changes),
            signed_on=TODAY.date(),
            by=self.ada,
            as_of=TODAY,
        )
