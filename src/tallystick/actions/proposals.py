"""A version that waits for signatures, and how it comes to nothing."""

from datetime import datetime

from tallystick.actions.ledger import enter
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.viewer import Viewer


class NotOpen(Refusal):
    """The version does not wait for signatures, or no longer."""

    code = "agreement.not-open"


_CLOSED = {
    AgreementState.IN_FORCE: "was signed by both parties",
    AgreementState.SUPERSEDED: "was signed by both parties",
    AgreementState.WITHDRAWN: "was withdrawn",
    AgreementState.DECLINED: "was declined",
    AgreementState.REPLACED: "was replaced by a newer version",
}


def demand_open(agreement: Agreement) -> None:
    """
    Let only a version go on that waits for signatures.

    Raises:
        NotOpen
    """
    if not agreement.is_open:
        raise NotOpen(
            f"Version {agreement.version} {_CLOSED[AgreementState(agreement.state)]}.",
            remedy="Look at the versions of the agreement; a change begins as a new draft.",
        )


def close_proposal(
    waiting: Agreement, state: AgreementState, sentence: str, *, by: Viewer, as_of: datetime
) -> None:
    """Set a version aside; the entry tells both parties whose signature on it is void."""
    waiting.state = state
    waiting.state_at = as_of
    waiting.save()
    void = list(waiting.signatures.select_related("signed_by", "organisation"))
    lost = "".join(
        f" The signature of {each.signed_by.name} for {each.organisation.name} is void."
        for each in void
    )
    enter(
        waiting,
        f"{sentence}.{lost}",
        action=_ACTIONS[state],
        payload={
            "version": waiting.version,
            "digest": waiting.digest,
            "void": [each.public_id for each in void],
        },
        chain=waiting.engagement,
        by=by,
        as_of=as_of,
    )


_ACTIONS = {
    AgreementState.WITHDRAWN: "withdraw_agreement",
    AgreementState.DECLINED: "withdraw_agreement",
    AgreementState.REPLACED: "propose_agreement",
}
