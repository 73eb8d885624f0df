"""One world for all tests of a file: built once, each test undoes what it did to it."""

import shutil
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from tests.access.world import World, a_world


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Build the world in a transaction around all of the file's; nothing is ever committed."""
    home = tmp_path_factory.mktemp("world")
    # The tests of another file counted attempts of people with the same keys.
    cache.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(HOME=home):
            world = a_world(home)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, db: None, home: Path) -> World:
    """Return the world with its files and its people as they were when it was built."""
    shutil.copytree(built.home, home, dirs_exist_ok=True)
    people = {
        name: replace(each, person=copy(each.person), organisation=copy(each.organisation))
        for name, each in built.people.items()
    }
    return replace(built, home=home, people=people)
