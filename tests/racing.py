"""Several things at the same instant, each on a connection of its own, on either database."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection, connections

from tallystick.engine.refusals import Refusal

Job = Callable[[], Any]


@contextmanager
def a_file_of_its_own(path: Path) -> Iterator[None]:
    """Give other threads a copy of the test's SQLite database: in memory there is one writer."""
    # A backup would wait for the test's own transaction.
    path.write_bytes(connection.connection.serialize())
    settings = connections.settings["default"]
    before = settings["NAME"]
    settings["NAME"] = str(path)
    try:
        yield
    finally:
        settings["NAME"] = before


@contextmanager
def committed() -> Iterator[None]:
    """Let other threads read a test's rows on PostgreSQL, and take all rows away afterwards."""
    tables = [
        name
        for name in connection.introspection.django_table_names(only_existing=True)
        if not name.startswith(("django_content_type", "auth_permission"))
    ]
    connection.connection.commit()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            # The ledger's triggers refuse what only a test may do.
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
            cursor.execute("SET session_replication_role = DEFAULT")
        connection.connection.commit()


def elsewhere(job: Job) -> Any:
    """Return what a job gives in a thread of its own, or how it is refused."""
    return at_once(job)[0]


def at_once(*jobs: Job) -> list[Any]:
    """Run jobs in threads that start together; return what each gives, or how it is refused."""
    gate = Barrier(len(jobs))

    def run(job: Job) -> Any:
        gate.wait()
        try:
            return job()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))
