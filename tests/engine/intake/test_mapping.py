"""Mapping documents: what is refused, where, and how the document comes back."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tallystick.engine.intake import mapping_schema, read_mapping
from tallystick.engine.refusals import Refusal

EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/mappings/*.yaml"))
LOG = {
    "mapping": 1,
    "shape": "event-log",
    "source": "desk",
    "columns": {"item": "id", "at": "at", "state": "state"},
    "states": {"open": "new"},
}


@pytest.mark.parametrize(
    ("changes", "code", "place", "remedy"),
    [
        ({"colums": {}}, "mapping.unknown-key", "colums", "Did you mean 'columns'?"),
        (
            {"columns": {"itm": "id", "at": "at", "state": "s"}},
            "mapping.unknown-key",
            "columns.itm",
            "Did you mean 'item'?",
        ),
        ({"time": {"zonne": "UTC"}}, "mapping.unknown-key", "time.zonne", "Did you mean 'zone'?"),
        (
            {"time": {"zone": "Europe/Roma"}},
            "mapping.unknown-zone",
            "time.zone",
            "Name an IANA zone such as Europe/Rome",
        ),
        ({"states": {"open": "opened"}}, "mapping.unknown-state", "states.open", "Use one of: new"),
        ({"states": {True: "new"}}, "mapping.invalid", "states", "Mend"),
        ({"states": {}}, "mapping.invalid", "states", "Mend states"),
        ({"mapping": 2}, "mapping.invalid", "mapping", "format"),
        ({"shape": "table"}, "mapping.invalid", "shape", "format"),
        ({"source": "a/b"}, "mapping.invalid", "source", "format"),
        ({"encoding": "rot13"}, "mapping.invalid", "encoding", "format"),
        ({"delimiter": ":"}, "mapping.invalid", "delimiter", "format"),
        ({"attributes": {"Bad name": "x"}}, "mapping.invalid", "attributes.Bad name", "format"),
        ({"columns": {"item": "id", "at": "at"}}, "mapping.invalid", "columns.state", "Mend"),
        (
            {"columns": {"item": "id", "at": "at", "state": "s", "opened": "o"}},
            "mapping.invalid",
            "columns.opened",
            "Mend",
        ),
        ({"shape": "item-table"}, "mapping.invalid", "columns.at", "Mend"),
        (
            {"shape": "item-table", "columns": {"item": "id", "opened": "o", "hold_until": "h"}},
            "mapping.invalid",
            "columns.hold_from",
            "Mend",
        ),
        ({"columns": {"item": 0, "at": "at", "state": "s"}}, "mapping.invalid", "columns.item", ""),
    ],
)
def test_a_mistake_is_refused_with_its_path_and_a_remedy(
    changes: dict[str, Any], code: str, place: str, remedy: str
) -> None:
    document = LOG | changes

    with pytest.raises(Refusal) as refused:
        read_mapping(document)

    assert (refused.value.code, refused.value.place) == (code, place)
    assert remedy in refused.value.remedy


@pytest.mark.parametrize("document", [None, [], "text", 7])
def test_what_is_no_document_is_refused(document: object) -> None:
    with pytest.raises(Refusal) as refused:
        read_mapping(document)

    assert (refused.value.code, refused.value.place) == ("mapping.invalid", "mapping")


def test_a_state_that_yaml_reads_as_a_number_is_taken_as_text() -> None:
    document = LOG | {"states": yaml.safe_load("{6: resolved, '7': closed}")}

    mapping = read_mapping(document)

    assert mapping.states == {"6": "resolved", "7": "closed"}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_from_its_document_as_it_was(path: Path) -> None:
    mapping = read_mapping(yaml.safe_load(path.read_text(encoding="utf-8")))

    again = read_mapping(mapping.document())

    assert again == mapping


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_holds_to_the_schema(path: Path) -> None:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator(mapping_schema()).validate(document)


def test_both_examples_are_there() -> None:
    names = [path.stem for path in EXAMPLES]

    assert names == ["italian-helpdesk", "volvo-incidents"]


def test_the_schema_knows_no_other_keys() -> None:
    validator = jsonschema.Draft202012Validator(mapping_schema())

    valid = validator.is_valid(LOG | {"colums": {}})

    assert not valid


SIGNALS = {"mapping": 1, "source": "monitor"}
PROBES = SIGNALS | {
    "shape": "probes",
    "columns": {"component": "host", "at": "at", "result": "r"},
    "results": {"OK": "up"},
}
STATES = SIGNALS | {
    "shape": "service-states",
    "columns": {"component": "host", "at": "at", "state": "s"},
    "states": {"Up": "up"},
}
ENDS = {"component": "host", "since": "from", "until": "to"}
OUTAGES = SIGNALS | {"shape": "outages", "columns": ENDS}


@pytest.mark.parametrize(
    ("document", "code", "place"),
    [
        (PROBES | {"results": {"OK": "good"}}, "mapping.unknown-state", "results.OK"),
        (PROBES | {"results": {"OK": "maintenance"}}, "mapping.unknown-state", "results.OK"),
        (PROBES | {"results": {}}, "mapping.invalid", "results"),
        (PROBES | {"results": {True: "up"}}, "mapping.invalid", "states"),
        (PROBES | {"states": {"OK": "up"}}, "mapping.invalid", "states"),
        (PROBES | {"attributes": {"zone": "z"}}, "mapping.invalid", "attributes"),
        (PROBES | {"columns": {"component": "h", "at": "a"}}, "mapping.invalid", "columns.result"),
        (
            PROBES | {"columns": {"item": "h", "at": "a", "result": "r"}},
            "mapping.invalid",
            "columns.item",
        ),
        (STATES | {"states": {"Up": "new"}}, "mapping.unknown-state", "states.Up"),
        (STATES | {"states": {"Up": "invalid"}}, "mapping.unknown-state", "states.Up"),
        (LOG | {"states": {"open": "up"}}, "mapping.unknown-state", "states.open"),
        (OUTAGES | {"columns": {"component": "h"}}, "mapping.invalid", "columns.since"),
        (
            OUTAGES | {"columns": ENDS | {"excused": "e"}},
            "mapping.invalid",
            "excuses",
        ),
        (
            OUTAGES
            | {
                "columns": ENDS | {"excused": "e"},
                "excuses": {"customer": "perhaps"},
            },
            "mapping.unknown-state",
            "excuses.customer",
        ),
    ],
)
def test_a_mistake_in_a_mapping_of_signals_is_refused_with_its_path(
    document: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read_mapping(document)

    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.remedy


@pytest.mark.parametrize("document", [PROBES, STATES, OUTAGES], ids=lambda d: d["shape"])
def test_a_mapping_of_signals_holds_to_the_schema_and_comes_back(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(mapping_schema()).validate(document)

    mapping = read_mapping(document)

    assert read_mapping(mapping.document()) == mapping
