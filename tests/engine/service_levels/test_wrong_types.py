"""Whatever stands at any place of a document, reading it gives an agreement or a refusal."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from tallystick.engine.documents import parse_document
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tallystick.engine.service_levels.templates.texts import TEMPLATES, template_text
from tests.engine.service_levels.builders import a_document, a_level_document

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 10**400, 0.5, float("nan"), float("inf"), "", "x", "é\ud800",
    "9" * 5_000, [], [[[]]], [None], {}, {"a": 1}, b"x", "0001-01-01",
)  # fmt: skip

Place = tuple[int | str, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Give every place of a document, of a long list the first ones."""
    yield at
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from places(entry, (*at, key))
    if isinstance(value, list):
        for number, entry in enumerate(value[:3]):
            yield from places(entry, (*at, number))


def replaced(document: Any, at: Place, value: Any) -> Any:
    """Return a copy of a document with something else at a place."""
    if not at:
        return value
    changed = deepcopy(document)
    holder = changed
    for step in at[:-1]:
        holder = holder[step]
    holder[at[-1]] = value
    return changed


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_value_of_any_kind_at_any_place_is_read_or_refused(name: str) -> None:
    document = parse_document(template_text(name), name)
    read = 0

    for at in places(document):
        for value in ODD:
            try:
                read_agreement(replaced(document, at, value))
            except Refusal:
                continue
            read += 1

    assert read > 0


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"statistic": ["share"]}, "service_levels[0].statistic"),
        ({"statistic": {"mean": 1}}, "service_levels[0].statistic"),
        ({"target": float("nan")}, "service_levels[0].target"),
        ({"clock": {"pauses": [["on-hold"]]}}, "service_levels[0].clock.pauses[0]"),
        ({"measure": ["response-time"]}, "service_levels[0].measure"),
    ],
)
def test_a_list_for_a_word_and_a_number_that_is_none_are_refused_in_their_place(
    changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(AgreementRefused) as refused:
        read_agreement(a_document(service_levels=[a_level_document(**changes)]))

    assert place in [problem.place for problem in refused.value.problems]
