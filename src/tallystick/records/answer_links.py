"""What rounds of questions without names share: a last moment, and links that take one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class AskingRound(models.Model):
    """A time in which people can answer; its results are told once it is over."""

    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField()

    class Meta:
        abstract = True

    def is_over(self, as_of: datetime) -> bool:
        """Return whether nobody can answer any more."""
        return as_of >= self.closes_at


class AnswerLink(models.Model):
    """
    One person's way to the questions, without an account; only the hash of its token is stored.

    It says whether it was used, never when: an answer cannot be told from it.
    """

    label = models.CharField(max_length=80, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def round(self) -> AskingRound:
        """Return the round that the link belongs to."""
        raise NotImplementedError

    def standing_at(self, as_of: datetime) -> str:
        """Return open, used, revoked or over."""
        if self.is_used:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "over" if self.round.is_over(as_of) else "open"
