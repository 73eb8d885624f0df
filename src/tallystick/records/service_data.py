"""Service data: uploads on their way in, imports that are in, and saved mappings."""

from enum import StrEnum

from django.db import models

from tallystick.engine.intake.shapes import FORMS, Shape
from tallystick.engine.signals import SignalKind
from tallystick.records.audience import EngagementShared


class SavedMapping(EngagementShared):
    """A column mapping that is used again for the next export of the same system."""

    name = models.CharField(max_length=80)
    document = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "name"], name="mapping_name_once")
        ]


class UploadState(StrEnum):
    """Where an upload is on its way to becoming an import."""

    MAPPING = "mapping"
    QUEUED = "queued"
    RUNNING = "running"
    COMMITTED = "committed"
    REFUSED = "refused"


class Upload(EngagementShared):
    """A file that was received and is not, or not yet, an import."""

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=71)
    size = models.PositiveBigIntegerField()
    mapping = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in UploadState])
    rows_done = models.PositiveBigIntegerField(default=0)
    complete_until = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "-uploaded_at"])]


class Import(EngagementShared):
    """
    One accepted file of raw service data, known by its digest.

    `shape` says what its rows are; `items` counts the items that have news, or the components.

    `read` = `accepted` + `rejected` + `unchanged`, always. The file tells everything that
    happened before `complete_until`, says whoever imported it; by default up to its last change.
    """

    upload = models.OneToOneField(
        Upload, on_delete=models.PROTECT, related_name="became", null=True, blank=True
    )
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=71)
    mapping = models.JSONField()
    shape = models.CharField(max_length=14, choices=[(s.value, s.value) for s in Shape])
    source = models.CharField(max_length=80)
    read = models.PositiveBigIntegerField()
    accepted = models.PositiveBigIntegerField()
    rejected = models.PositiveBigIntegerField()
    unchanged = models.PositiveBigIntegerField()
    items = models.PositiveBigIntegerField()
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    complete_until = models.DateTimeField(null=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    read=models.F("accepted") + models.F("rejected") + models.F("unchanged")
                ),
                name="import_balances",
            ),
        ]
        indexes = [
            models.Index(fields=["engagement", "-imported_at"]),
            models.Index(fields=["engagement", "digest"]),
        ]

    @property
    def signals(self) -> SignalKind | None:
        """Return of which kind the signals are; None for an import of items."""
        return FORMS[Shape(self.shape)].signals
