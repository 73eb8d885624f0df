"""Legal entity identifiers: shape and check digits."""

import pytest

from tallystick.engine.scoring.lei import is_lei


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("529900T8BM49AURSDO55", True),
        ("5493001KJTIIGC8Y1R13", False),
        ("529900T8BM49AURSDO5", False),
        ("529900t8bm49aursdo55", False),
        ("", False),
    ],
)
def test_check_digits_tell_a_sound_identifier(text: str, sound: bool) -> None:
    assert is_lei(text) is sound
