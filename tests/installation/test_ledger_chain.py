"""Many writers at once, and an upgrade: on a database of its own, SQLite or PostgreSQL."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.installation.conftest import Installation, finished

IMPORTS = """
import json, threading
from django.db import DatabaseError, connection
from tests.cast import TODAY, Cast, an_engagement
from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.ledger_check import check_stored
from tallystick.records.people import Person, viewer_of
"""

SET_UP = """
call_command("migrate", verbosity=0)
Cast(); an_engagement()
"""

WRITE = """
engagement = Engagement.objects.get()
by = viewer_of(Person.objects.order_by("id").first())
connection.close()
failed = []
def write(number):
    try:
        enter(engagement, f"Act {number}.", action="test", payload={}, chain=engagement, by=by,
              as_of=TODAY)
        if number % 3 == 0:
            hand_checkpoint(engagement=engagement, by=by, as_of=TODAY)
    except Exception as problem:
        failed.append(repr(problem))
    finally:
        connection.close()
threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
print("ready", flush=True)
sys.stdin.readline()
for each in threads: each.start()
for each in threads: each.join()
print(failed)
"""

COUNTED = """
entries = LedgerEntry.objects.filter(engagement__isnull=False).order_by("id")
print(list(entries.values_list("seq", flat=True)))
print(Checkpoint.objects.count())
print([report.as_values()["faults"] for report in check_stored((), None)])
"""


def test_forty_writers_at_once_leave_no_gap_and_no_fork(installation: Installation) -> None:
    installation.run(IMPORTS + SET_UP)
    writers = [installation.start(IMPORTS + WRITE) for _ in range(2)]
    for each in writers:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"

    with ThreadPoolExecutor() as together:
        failed = list(together.map(finished, writers))

    assert failed == [["[]"], ["[]"]]
    numbers, checkpoints, faults = installation.run(IMPORTS + COUNTED)
    assert json.loads(numbers) == list(range(1, 41))
    assert int(checkpoints) > 0
    assert json.loads(faults) == [[], []]


BEFORE = """
from django.db import connection
from tests.cast import TODAY
call_command("migrate", "records", "0004", verbosity=0)
with connection.cursor() as cursor:
    def put(table, **values):
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO records_{table} ({names}) VALUES ({marks})",
                       list(values.values()))
    for pk, name, side in ((1, "Nordwind", "client"), (2, "Baltic", "provider")):
        put("organisation", id=pk, public_id=f"organisatio{pk}", name=name, side=side)
    put("person", id=1, public_id="person000001", email="ada@example.org", name="Ada",
        password="x", is_active=True)
    put("engagement", id=1, public_id="engagement01", client_id=1, provider_id=2, name="Desk",
        scope="", service_type="service-desk", stage="deliver", starts_on="2025-01-01",
        ends_on="2027-01-01", planned_at=TODAY)
    for pk, engagement, client, payload in (
        (11, 1, None, '{"read": 14}'), (12, None, 1, '{"mark": 4.5}'), (13, 1, None, "{}"),
    ):
        put("ledgerentry", id=pk, public_id=f"ledgerentr{pk}", engagement_id=engagement,
            client_id=client, at=TODAY, by_id=1, on_behalf_of_id=1, action="test",
            noun="Engagement", subject="engagement01", sentence=f"Act {pk}.", payload=payload)
"""

AFTER = """
call_command("migrate", verbosity=0)
print(json.dumps([[each.chain, each.seq, each.sentence, each.payload, each.public_id]
                  for each in LedgerEntry.objects.order_by("id")]))
print([report.as_values()["faults"] for report in check_stored((), None)])
try:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_ledgerentry")
except DatabaseError as problem:
    print(str(problem).splitlines()[0])
"""


def test_entries_of_an_older_installation_are_chained_in_the_order_of_their_ids(
    installation: Installation,
) -> None:
    installation.run(BEFORE)

    chained, faults, deleted = installation.run(IMPORTS + AFTER)

    shared, own = "tallystick/engagement/engagement01", "tallystick/organisation/organisatio1"
    assert json.loads(chained) == [
        [shared, 1, "Act 11.", {"read": 14}, "ledgerentr11"],
        [own, 1, "Act 12.", {"mark": "4.5"}, "ledgerentr12"],
        [shared, 2, "Act 13.", {}, "ledgerentr13"],
    ]
    assert json.loads(faults) == [[], []]
    assert deleted == "the ledger is append-only"
