"""An entry's bytes: one form, salted digests, times as texts that sort."""

from datetime import datetime, timedelta, timezone

import pytest

from tallystick.engine.canonical import NotCanonical
from tallystick.engine.ledger.entries import Act, Place, payload_digest, seal
from tests.engine.ledger.makers import ORIGIN, entries

ACT = Act(
    datetime(2026, 7, 6, 11, 0, tzinfo=timezone(timedelta(hours=2))),
    "ada", "nordwind", "give_mark", "Mark", "bcdfghjkmnpq",
)  # fmt: skip


def test_an_entry_has_one_sequence_of_bytes() -> None:
    sealed = seal(ACT, Place(ORIGIN, 1, None), {"mark": 4}, bytes(16))

    assert sealed.entry == (
        b'{"action":"give_mark","actor":"ada","at":"2026-07-06T09:00:00.000000Z",'
        b'"chain":"tallystick/engagement/bcdfghjkmnpq","noun":"Mark","object":"bcdfghjkmnpq",'
        b'"on_behalf_of":"nordwind","payload":"'
        + payload_digest(bytes(16), b'{"mark":4}').encode()
        + b'","prev":null,"seq":1,"v":1}'
    )


def test_equal_contents_cannot_be_told_from_their_digests() -> None:
    first = seal(ACT, Place(ORIGIN, 1, None), {"mark": 4}, bytes(16))
    second = seal(ACT, Place(ORIGIN, 1, None), {"mark": 4}, bytes(15) + b"\x01")

    assert first.content == second.content
    assert first.entry != second.entry


def test_what_is_told_stands_outside_the_entry() -> None:
    (sealed,) = entries(1)

    assert "Müller".encode() in (sealed.content or b"")
    assert "Müller".encode() not in sealed.entry


def test_a_content_without_an_exact_form_is_refused() -> None:
    with pytest.raises(NotCanonical):
        seal(ACT, Place(ORIGIN, 1, None), {"mark": 4.5}, bytes(16))
