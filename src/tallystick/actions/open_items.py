"""Questions and action items that are open: which party may change them."""

from tallystick.actions.refusals import NotPermitted
from tallystick.records.action_items import ActionItem
from tallystick.records.decisions import Decision
from tallystick.records.people import people_of_side
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

OpenItem = Decision | ActionItem


def has_hand_in(item: OpenItem, by: Viewer) -> bool:
    """Return whether a party owns what is open, or asked for it."""
    asked_by = item.asked_by_id if isinstance(item, Decision) else item.given_by_id
    own = Side(by.organisation.side)
    return item.side == own or people_of_side(item.engagement, own).filter(pk=asked_by).exists()


def hold_to_change(item: OpenItem, by: Viewer) -> None:
    """
    Hold what is open, as it is now, for a party that owns it or that asked for it.

    Whoever ends it holds its row as well: one of the two sees what the other did.

    Raises:
        NotPermitted
    """
    type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)
    item.refresh_from_db()
    if not has_hand_in(item, by):
        raise NotPermitted(
            f"{item.owner.name} of the {item.side} owns this, and the {item.side} asked for it.",
            remedy="Ask them to change it, or ask for something of your own.",
        )
