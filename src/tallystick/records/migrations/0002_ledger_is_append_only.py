"""The database itself refuses to change or delete a ledger entry."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = [
    """
    CREATE TRIGGER ledger_refuses_{verb} BEFORE {VERB} ON records_ledgerentry
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
    """.format(verb=verb, VERB=verb.upper())
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """
    CREATE FUNCTION ledger_refuses() RETURNS trigger AS $$
    BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$ LANGUAGE plpgsql
    """,
    """
    CREATE TRIGGER ledger_refuses_change BEFORE UPDATE OR DELETE ON records_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuses()
    """,
]


def add_triggers(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers in the words of the database in use."""
    for sentence in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(sentence)


def drop_triggers(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away again."""
    if editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER ledger_refuses_{verb}")
        return
    editor.execute("DROP TRIGGER ledger_refuses_change ON records_ledgerentry")
    editor.execute("DROP FUNCTION ledger_refuses()")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, drop_triggers)]
