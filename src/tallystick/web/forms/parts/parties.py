"""Who agrees what, and from when until when."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from tallystick.web.forms.days import DayField
from tallystick.web.forms.parts.part import PartForm
from tallystick.web.forms.parts.paths import Path


class PartiesForm(PartForm):
    """Title, parties, term and zone."""

    owned: ClassVar = (
        "agreement", "id", "version", "title", "client", "provider", "in_force", "zone",
        "time_zone_data",
    )  # fmt: skip
    keys: ClassVar[Mapping[str, Path]] = {
        "title": ("title",),
        "id": ("id",),
        "client": ("client",),
        "provider": ("provider",),
        "from_": ("in_force", "from"),
        "until": ("in_force", "until"),
        "zone": ("zone",),
        "time_zone_data": ("time_zone_data",),
    }

    groups: ClassVar = (
        ("What and who", ("title", "id", "client", "provider")),
        ("Term and zone", ("from_", "until", "zone", "time_zone_data")),
    )

    title = forms.CharField(label="Title", max_length=300, required=False)
    id = forms.CharField(
        label="Short name",
        max_length=80,
        required=False,
        help_text="Small letters, digits and hyphens; the same in every version.",
    )
    client = forms.CharField(label="Client", max_length=300, required=False)
    provider = forms.CharField(label="Provider", max_length=300, required=False)
    from_ = DayField(label="In force from", required=False)
    until = DayField(
        label="Up to, not including", required=False, help_text="The day after the last one."
    )
    zone = forms.CharField(
        label="Time zone",
        max_length=80,
        required=False,
        help_text="Where months begin and end. A name of the IANA database: Europe/Rome.",
    )
    time_zone_data = forms.CharField(
        label="Release of the time-zone data",
        max_length=20,
        required=False,
        help_text="The one that both parties looked at, such as 2026a.",
    )

    def written(self, field: str, value: Any) -> Any:
        """Return days as text, as documents hold them."""
        if field in {"from_", "until"}:
            return value.isoformat() if value else None
        return super().written(field, value)
