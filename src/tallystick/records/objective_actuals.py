"""What was measured of an objective: by hand, from a file, or by a program."""

from enum import StrEnum

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.objectives import Objective


class CameBy(StrEnum):
    """How a value came here."""

    HAND = "hand"
    IMPORT = "import"
    API = "api"
    LEVEL = "service-level"


class ObjectiveActual(EngagementShared):
    """
    The value of an objective's measure on a day, in the objective's unit; never changed.

    A correction is a row that `corrects` another one, which then counts no longer. `file_name` is
    that of the file it stood in.
    """

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="actuals")
    on = models.DateField()
    value = models.DecimalField(max_digits=27, decimal_places=12)
    note = models.CharField(max_length=300, blank=True)
    came_by = models.CharField(max_length=13, choices=[(each.value, each.value) for each in CameBy])
    file_name = models.CharField(max_length=255, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="corrected_by", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["objective", "on"])]
