"""A draft as its own party has it now; a colleague may have changed or proposed it meanwhile."""

from tallystick.engine.refusals import Refusal
from tallystick.records.drafts import AgreementDraft
from tallystick.records.viewer import Viewer


class DraftGone(Refusal):
    """The draft was proposed or discarded meanwhile."""

    code = "draft.gone"


class DraftChanged(Refusal):
    """Somebody else changed the draft since it was read."""

    code = "draft.changed"


def own_draft(agreement: AgreementDraft, by: Viewer, seen: str = "") -> AgreementDraft:
    """
    Return the draft of the viewer's own party, held until the transaction ends.

    `seen` is the hash of the wording that the person read; empty for whatever it is now.

    Raises:
        DraftGone, DraftChanged
    """
    mine = AgreementDraft.objects.visible_to(by).select_for_update(of=("self",))
    draft = mine.filter(pk=agreement.pk).first()
    if draft is None:
        raise DraftGone(
            "This draft is no longer here: it was proposed or discarded.",
            remedy="Look at the versions of the agreement, or begin a new draft.",
        )
    if seen and seen != draft.digest:
        raise DraftChanged(
            f"{draft.edited_by.name} has changed this draft since you read it.",
            place="seen",
            remedy="Read the draft as it is now, and do it again.",
        )
    return draft
