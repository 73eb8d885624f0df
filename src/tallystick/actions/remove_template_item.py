"""Take a line out of a template; engagements that started from it keep what they did."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.lessons.checklists import TITLES, Checklist
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.template_items import TemplateItem
from tallystick.records.viewer import Viewer


class LineGone(Refusal):
    """The line was taken out before."""

    code = "template.line-gone"


@transaction.atomic
def remove_template_item(
    *, item: TemplateItem, reason: str, by: Viewer, as_of: datetime
) -> TemplateItem:
    """
    Take a line out from now on.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, LineGone
    """
    require(by, Duty.RAISE_GUARDRAIL)
    item = TemplateItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    reason = checked(reason, "reason")
    if item.removed_at:
        raise LineGone("This line was taken out before.", remedy="Nothing needs doing.")
    item.removed_at = as_of
    item.save(update_fields=["removed_at"])
    enter(
        item,
        f"Took “{item.text}” out of {TITLES[Checklist(item.checklist)].lower()}: {reason}",
        action="remove_template_item",
        payload={"reason": reason},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return item
