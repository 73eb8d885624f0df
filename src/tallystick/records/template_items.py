"""What every new engagement starts from, as far as lessons changed it."""

from django.db import models

from tallystick.engine.lessons.checklists import Checklist
from tallystick.records.audience import ClientPrivate
from tallystick.records.lessons import Lesson


class TemplateItem(ClientPrivate):
    """A line that a lesson put into a template; those without a lesson come with the product."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="template_items")
    checklist = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Checklist]
    )
    text = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["client", "checklist", "id"])]
