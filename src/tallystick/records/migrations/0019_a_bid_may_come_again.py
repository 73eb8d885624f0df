"""A company has one bid that stands; one that was taken out may come again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0018_objectives_judged")]

    operations = [
        migrations.RemoveConstraint(model_name="bid", name="supplier_bids_once"),
        migrations.AddConstraint(
            model_name="bid",
            constraint=models.UniqueConstraint(
                condition=models.Q(withdrawn_at=None),
                fields=("selection", "supplier"),
                name="supplier_bids_once",
            ),
        ),
    ]
