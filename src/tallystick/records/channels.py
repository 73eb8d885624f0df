"""Channels: for each purpose, how the parties reach each other, when, and how fast one answers."""

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.posts import Post


class Channel(EngagementShared):
    """
    For one purpose: by which medium, in which hours, in which language, and who answers.

    `calendar` names one of the agreement's calendars; where there is none, `hours` say it in
    words. `answer_minutes` is how long an answer may take within those hours.
    """

    purpose = models.CharField(max_length=160)
    medium = models.CharField(max_length=160)
    calendar = models.CharField(max_length=80, blank=True)
    hours = models.CharField(max_length=160, blank=True)
    answer_minutes = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=60, blank=True)
    client_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    provider_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "purpose"], name="channel_purpose_once")
        ]

    def __str__(self) -> str:
        return self.purpose
