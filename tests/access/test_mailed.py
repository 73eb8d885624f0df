"""No text of a row that somebody may not see is in a mail to them (T2, over the mailbox)."""

from datetime import timedelta
from typing import Any

import pytest

from tallystick.actions.send_mail import send_mail
from tests.access.test_canaries import READERS, TOKEN, hidden_tokens
from tests.access.world import World
from tests.cast import TODAY
from tests.posting import LINKS, Kept, a_free_port, a_server, use

pytestmark = pytest.mark.django_db


def test_nothing_hidden_is_in_any_mail(world: World, settings: Any) -> None:
    port = a_free_port()
    use(settings, port)

    with a_server(Kept(), port) as kept:
        for told_at in (TODAY.replace(month=5), TODAY):
            send_mail(links=LINKS, as_of=told_at + timedelta(days=1))

    leaked = {}
    for reader in READERS:
        viewer = world.people[reader]
        own = [_whole(each) for each in kept.mails if each["To"] == viewer.person.email]
        seen = set(TOKEN.findall(" ".join(own)))
        assert seen
        leaked[reader] = seen & hidden_tokens(viewer)
    assert leaked == {reader: set() for reader in READERS}


def _whole(mail: Any) -> str:
    """Return headers and every part of a mail as one text."""
    parts = [each.get_content() for each in mail.walk() if not each.is_multipart()]
    return " ".join([*map(str, mail.values()), *map(str, parts)])
