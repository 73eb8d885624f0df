"""The ledger: who did what and when, append-only, one chain per audience."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models

from tallystick.engine.ledger.entries import Sealed
from tallystick.records.audience import Audience, Record
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tallystick.records.viewer import Viewer

Chain: TypeAlias = "Engagement | Organisation | None"
"""Whose chain: an engagement's (both parties), an organisation's own, None: the installation's."""

INSTANCE = "tallystick/instance"
ERASED = "What this entry told was erased."


def origin_of(chain: Chain) -> str:
    """Return the name of a chain, which each of its entries and checkpoints carries."""
    if chain is None:
        return INSTANCE
    return f"tallystick/{type(chain).__name__.lower()}/{chain.public_id}"


class OfChain(Record):
    """A record of one chain; shared and private acts never mix, not even in a numbering."""

    audience = Audience.BY_CHAIN

    chain = models.CharField(max_length=60)
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    client = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: shared chains of the viewer's engagements, and the viewer's own chain."""
        return of_chains(viewer)


def of_chains(viewer: Viewer, path: str = "") -> models.Q:
    """Return the condition that a row, or the one at `path`, is of a chain the viewer reads."""
    shared = models.Q(**{f"{path}engagement__in": Engagement.objects.visible_to(viewer)})
    return shared | models.Q(**{f"{path}client": viewer.organisation})


class LedgerEntry(OfChain):
    """
    One act. It belongs to an engagement's shared chain, an organisation's own, or neither.

    `canonical` are the bytes that are hashed; the columns beside it say the same for queries.
    The database refuses to change or delete an entry (a trigger on SQLite and PostgreSQL).
    """

    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    on_behalf_of = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    action = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    subject = models.CharField(max_length=12)
    canonical = models.BinaryField()

    class Meta(OfChain.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(engagement=None) | models.Q(client=None),
                name="ledger_entry_has_one_chain",
            ),
            # The guarantee under a race: no fork, and with the lock of `append` no gap.
            models.UniqueConstraint(fields=["chain", "seq"], name="ledger_entry_once_in_its_chain"),
        ]
        indexes = [
            models.Index(fields=["engagement", "-id"]),
            models.Index(fields=["client", "-id"]),
        ]

    @property
    def _told(self) -> dict[str, Any]:
        content = getattr(self, "content", None)
        if content is None:
            return {"sentence": ERASED, "payload": {}}
        told: dict[str, Any] = json.loads(bytes(content.told))
        return told

    @property
    def sentence(self) -> str:
        """Return what happened, in words."""
        return str(self._told["sentence"])

    @property
    def payload(self) -> dict[str, Any]:
        """Return what was decided; nothing after an erasure."""
        return dict(self._told["payload"])


class LedgerContent(Record):
    """
    What an entry tells, and the salt that hides it in the entry's digest.

    The database refuses to change it. It may be deleted, to erase personal data: the entry
    stays, and its chain still verifies.
    """

    audience = Audience.BY_CHAIN

    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="content")
    salt = models.BinaryField(max_length=16)
    told = models.BinaryField()

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the contents of the entries that the viewer may read."""
        return of_chains(viewer, "entry__")


class Checkpoint(OfChain):
    """
    The signed head of a chain, as it was handed out; both parties of an engagement hold it.

    `note` is the text to keep, `key` the public key that signed it. It adds no entry of its
    own: it is of the ledger, and would change the head that it signs.
    """

    size = models.PositiveBigIntegerField()
    root = models.CharField(max_length=44)
    note = models.TextField()
    key = models.CharField(max_length=160)
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(OfChain.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(engagement=None) | models.Q(client=None),
                name="checkpoint_has_one_chain",
            ),
            models.UniqueConstraint(
                fields=["chain", "size", "key"], name="a_head_is_signed_once_with_a_key"
            ),
        ]


def sealed(entries: models.QuerySet[LedgerEntry]) -> Iterator[Sealed]:
    """Give entries as they were hashed, in order, each with what it tells unless erased."""
    rows = entries.order_by("seq").values_list("canonical", "content__salt", "content__told")
    for canonical, salt, told in rows.iterator():
        erased = salt is None or told is None
        yield Sealed(bytes(canonical), *((None, None) if erased else (bytes(salt), bytes(told))))
