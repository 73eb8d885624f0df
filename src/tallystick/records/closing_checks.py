"""Closing checks: lines of the exit checklist, each confirmed by a person of the client."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from tallystick.engine.lessons.checklists import BUILT_IN, Checklist
from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement
from tallystick.records.template_items import TemplateItem


class ClosingCheck(ClientPrivate):
    """One line that a person has seen done; `note` says what shows it, such as a certificate."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="closing_checks"
    )
    line = models.CharField(max_length=200)
    note = models.TextField()
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "line"], name="a_line_is_confirmed_once")
        ]


@dataclass(frozen=True, slots=True)
class ExitLine:
    """A line of the checklist, and who confirmed it; `item` is the lesson's, if one added it."""

    text: str
    item: TemplateItem | None
    check: ClosingCheck | None


def exit_lines(engagement: Engagement) -> list[ExitLine]:
    """Return what has to be done before an engagement is closed, in two queries."""
    checks = {
        each.line: each
        for each in ClosingCheck.objects.filter(engagement=engagement).select_related(
            "confirmed_by"
        )
    }
    items = TemplateItem.objects.filter(
        client=engagement.client_id, checklist=Checklist.EXIT, removed_at=None
    )
    lines: dict[str, TemplateItem | None] = dict.fromkeys(BUILT_IN[Checklist.EXIT])
    for item in items.select_related("lesson").order_by("id"):
        lines.setdefault(item.text, item)
    return [ExitLine(text, item, checks.get(text)) for text, item in lines.items()]


def shared_checks(lines: Iterable[ExitLine]) -> list[dict[str, Any]]:
    """Return the confirmed lines that come with the product; a lesson's own stay private."""
    return [
        {
            "line": each.text,
            "note": each.check.note,
            "by": each.check.confirmed_by.name,
            "at": each.check.confirmed_at.isoformat(),
        }
        for each in lines
        if each.check and each.item is None
    ]
