"""A measurement's target becomes a goal of any kind; targets held so far were shares."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COUNTS = ("count", "excluded", "relieved", "unmeasured")


def spell_goals(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write each target as the agreement spells it."""
    measurements = apps.get_model("records", "Measurement").objects
    for percent in measurements.values_list("target_percent", flat=True).distinct():
        spelled = f"{percent.normalize():f}%"
        measurements.filter(target_percent=percent).update(goal=spelled)
    measurements.update(count=models.F("denominator"))


class Migration(migrations.Migration):
    dependencies = [("records", "0002_ledger_is_append_only")]
    operations = [
        migrations.RemoveConstraint("measurement", "measurement_numerator_within_denominator"),
        *(
            migrations.AddField("measurement", name, models.PositiveBigIntegerField(default=0))
            for name in COUNTS
        ),
        migrations.AddField("measurement", "unit", models.CharField(default="share", max_length=8)),
        migrations.AddField(
            "measurement", "goal", models.CharField(default="", max_length=40), False
        ),
        migrations.AddField("measurement", "minimum", models.CharField(blank=True, max_length=40)),
        migrations.AddField("measurement", "why", models.CharField(blank=True, max_length=200)),
        migrations.AddField("measurement", "reporting_only", models.BooleanField(default=False)),
        migrations.AlterField("measurement", "verdict", models.CharField(max_length=14)),
        migrations.RunPython(spell_goals, migrations.RunPython.noop),
        migrations.RemoveField("measurement", "target_percent"),
        migrations.AddConstraint(
            "measurement",
            models.CheckConstraint(
                condition=models.Q(numerator__lte=models.F("denominator"))
                | ~models.Q(unit="share"),
                name="measurement_numerator_within_denominator",
            ),
        ),
    ]
