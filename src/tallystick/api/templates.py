"""The templates that new engagements start from."""

from datetime import UTC, datetime

from pydantic import Field

from tallystick.actions.remove_template_item import remove_template_item
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out, Words
from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.records.template_items import TemplateItem

operations = Operations(tags=["Lessons"])


class TemplateLine(Out):
    """A line of a template; one that comes with the product has neither id nor lesson."""

    id: str | None
    text: str
    lesson: str | None = Field(description="The lesson that put it there.")


class TemplateOut(Out):
    """A template with its lines."""

    checklist: Checklist
    lines: list[TemplateLine]


class Remove(In):
    """Why a line is taken out."""

    reason: Words


@operations.reads("/templates", "templates", list[TemplateOut])
def templates(request: ViewerRequest) -> list[TemplateOut]:
    """Return every template: the lines of the product, then those that lessons added."""
    visible = TemplateItem.objects.visible_to(request.viewer).filter(removed_at=None)
    items = list(visible.select_related("lesson").order_by("id"))
    return [
        TemplateOut(
            checklist=each,
            lines=[TemplateLine(id=None, text=text, lesson=None) for text in BUILT_IN[each]]
            + [_line(item) for item in items if item.checklist == each],
        )
        for each in Checklist
    ]


def _line(item: TemplateItem) -> TemplateLine:
    return TemplateLine(id=item.public_id, text=item.text, lesson=item.lesson.public_id)


@operations.acts("/templates/{item_id}/remove", "remove_template_item", TemplateLine)
def remove(request: ViewerRequest, item_id: str, given: Remove) -> TemplateLine:
    """Take a line out of a template; what engagements did because of it stays."""
    item = find(TemplateItem, request.viewer, item_id, "lesson")
    remove_template_item(item=item, reason=given.reason, by=request.viewer, as_of=datetime.now(UTC))
    return _line(item)
