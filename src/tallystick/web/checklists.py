"""The templates that new engagements start from, and what lessons put into them."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.remove_template_item import remove_template_item
from tallystick.engine.lessons.checklists import BUILT_IN, TITLES
from tallystick.records.roles import Duty
from tallystick.records.template_items import TemplateItem
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.lesson_page import library_tabs
from tallystick.web.lookup import ViewerRequest, find


def index(request: ViewerRequest) -> HttpResponse:
    """Show every template: the lines that come with the product, then those of lessons."""
    items = list(
        TemplateItem.objects.visible_to(request.viewer)
        .filter(removed_at=None)
        .select_related("lesson", "added_by")
        .order_by("id")
    )
    shown = {
        "tabs": library_tabs("templates"),
        "templates": [
            (title, BUILT_IN[each], [item for item in items if item.checklist == each])
            for each, title in TITLES.items()
        ],
        "may_change": request.viewer.may(Duty.RAISE_GUARDRAIL),
    }
    return render(request, "lessons/templates.html", shown)


def remove(request: ViewerRequest, item_id: str) -> HttpResponse:
    """Take a line out of a template, or say why not."""
    item = find(TemplateItem, request.viewer, item_id)
    with refused_on_the_next_page(request):
        remove_template_item(
            item=item,
            reason=request.POST.get("reason", ""),
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
        messages.success(request, "The line is taken out.")
    return redirect("templates")
