"""An import says what its rows are, as its mapping does."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SHAPES = ("event-log", "item-table", "probes", "service-states", "outages")


def tell_shapes(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the shape of each import's mapping."""
    imports = apps.get_model("records", "Import").objects
    for shape in SHAPES:
        imports.filter(mapping__shape=shape).update(shape=shape)


class Migration(migrations.Migration):
    dependencies = [("records", "0003_goals_of_every_kind")]
    operations = [
        migrations.AddField(
            "import",
            "shape",
            models.CharField(
                choices=[(shape, shape) for shape in SHAPES], default="event-log", max_length=14
            ),
            preserve_default=False,
        ),
        migrations.RunPython(tell_shapes, migrations.RunPython.noop),
    ]
