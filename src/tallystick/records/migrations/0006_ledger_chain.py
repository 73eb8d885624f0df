"""Entries become chains: canonical bytes, contents beside them, checkpoints; entries kept so far
are chained in the order of their ids."""

import secrets
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import tallystick.records.audience
from tallystick.engine.ledger.entries import SALT_BYTES, Act, Place, seal
from tallystick.engine.ledger.merkle import leaf_hash

# Table -> what is refused beside an update; what a row replaced by `INSERT OR REPLACE` shares.
KEPT = {
    "records_ledgerentry": ("chain = NEW.chain AND seq = NEW.seq", True),
    "records_checkpoint": ("chain = NEW.chain AND size = NEW.size AND key = NEW.key", True),
    # A content may be deleted: that is an erasure.
    "records_ledgercontent": ("entry_id = NEW.entry_id", False),
}


def add_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database refuse every change to the past, in its own words."""
    sqlite = editor.connection.vendor == "sqlite"
    for table, (same, undeletable) in KEPT.items():
        for sentence in (_sqlite if sqlite else _postgresql)(table, same, undeletable):
            editor.execute(sentence)


def _sqlite(table: str, same: str, undeletable: bool) -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    verbs = ("update", "delete") if undeletable else ("update",)
    sentences = [
        f"CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb.upper()} ON {table} {refuse}"
        for verb in verbs
    ]
    # A row that is replaced is deleted without a word to the trigger above.
    taken = f"SELECT 1 FROM {table} WHERE id = NEW.id OR public_id = NEW.public_id OR ({same})"
    return [
        *sentences,
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS ({taken}) {refuse}",
    ]


def _postgresql(table: str, same: str, undeletable: bool) -> list[str]:
    verbs = "UPDATE OR DELETE" if undeletable else "UPDATE"
    call = "EXECUTE FUNCTION ledger_refuses()"
    return [
        f"CREATE TRIGGER {table}_refuses_change BEFORE {verbs} ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT {call}",
    ]


def drop_triggers(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take away those of 0002; `add_triggers` brings them back under other names."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER ledger_refuses_{verb}")
        return
    editor.execute("DROP TRIGGER ledger_refuses_change ON records_ledgerentry")


def chain_entries(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give each entry its place in the chain of its audience."""
    contents = apps.get_model("records", "LedgerContent").objects
    rows = apps.get_model("records", "LedgerEntry").objects.order_by("id")
    heads: dict[str, tuple[int, str | None]] = {}
    for row in rows.select_related("engagement", "client", "by", "on_behalf_of").iterator():
        row.chain = (
            f"tallystick/engagement/{row.engagement.public_id}"
            if row.engagement
            else f"tallystick/organisation/{row.client.public_id}"
        )
        last, prev = heads.get(row.chain, (0, None))
        row.seq = last + 1
        act = Act(
            at=row.at,
            actor=row.by.public_id,
            on_behalf_of=row.on_behalf_of.public_id,
            action=row.action,
            noun=row.noun,
            subject=row.subject,
        )
        told = {
            "sentence": row.sentence,
            "payload": _exact(row.payload),
            "by": row.by.name,
            "organisation": row.on_behalf_of.name,
        }
        place = Place(row.chain, row.seq, prev)
        sealed = seal(act, place, told, secrets.token_bytes(SALT_BYTES))
        row.canonical = sealed.entry
        row.save(update_fields=["chain", "seq", "canonical"])
        contents.create(entry=row, salt=sealed.salt, told=sealed.content)
        heads[row.chain] = (row.seq, leaf_hash(sealed.entry).hex())
    if editor.connection.vendor == "postgresql":
        # Or the tables could not be altered in this same transaction.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _exact(value: Any) -> Any:
    """Return a value with numbers that have no exact form as texts."""
    if isinstance(value, dict):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_exact(each) for each in value]
    inexact = isinstance(value, float) or (isinstance(value, int) and abs(value) >= 2**53)
    return str(value) if inexact else value


def _public_id() -> Any:
    return models.CharField(
        default=tallystick.records.audience.new_public_id,
        editable=False,
        max_length=12,
        unique=True,
    )


def _id() -> Any:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def _reference(to: str) -> Any:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=to,
    )


ONE_CHAIN = models.Q(("engagement", None), ("client", None), _connector="OR")


class Migration(migrations.Migration):
    dependencies = [("records", "0005_signatures")]
    operations = [
        migrations.RunPython(drop_triggers),
        migrations.CreateModel(
            "Checkpoint",
            fields=[
                ("id", _id()),
                ("public_id", _public_id()),
                ("chain", models.CharField(max_length=60)),
                ("engagement", _reference("records.engagement")),
                ("client", _reference("records.organisation")),
                ("size", models.PositiveBigIntegerField()),
                ("root", models.CharField(max_length=44)),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=160)),
                ("handed_at", models.DateTimeField()),
                ("handed_by", _reference(settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=ONE_CHAIN, name="checkpoint_has_one_chain"),
                    models.UniqueConstraint(
                        fields=("chain", "size", "key"), name="a_head_is_signed_once_with_a_key"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            "LedgerContent",
            fields=[
                ("id", _id()),
                ("public_id", _public_id()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="content",
                        to="records.ledgerentry",
                    ),
                ),
                ("salt", models.BinaryField(max_length=16)),
                ("told", models.BinaryField()),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveConstraint("ledgerentry", "ledger_entry_has_one_chain"),
        migrations.AlterField("ledgerentry", "engagement", _reference("records.engagement")),
        migrations.AlterField("ledgerentry", "client", _reference("records.organisation")),
        migrations.AlterField("ledgerentry", "by", _reference(settings.AUTH_USER_MODEL)),
        migrations.AlterField("ledgerentry", "on_behalf_of", _reference("records.organisation")),
        migrations.AddField("ledgerentry", "chain", models.CharField(max_length=60, null=True)),
        migrations.AddField("ledgerentry", "seq", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("ledgerentry", "canonical", models.BinaryField(null=True)),
        migrations.RunPython(chain_entries),
        migrations.RemoveField("ledgerentry", "sentence"),
        migrations.RemoveField("ledgerentry", "payload"),
        migrations.AlterField("ledgerentry", "chain", models.CharField(max_length=60)),
        migrations.AlterField("ledgerentry", "seq", models.PositiveBigIntegerField()),
        migrations.AlterField("ledgerentry", "canonical", models.BinaryField()),
        migrations.AddConstraint(
            "ledgerentry",
            models.CheckConstraint(condition=ONE_CHAIN, name="ledger_entry_has_one_chain"),
        ),
        migrations.AddConstraint(
            "ledgerentry",
            models.UniqueConstraint(
                fields=("chain", "seq"), name="ledger_entry_once_in_its_chain"
            ),
        ),
        migrations.RunPython(add_triggers),
    ]
