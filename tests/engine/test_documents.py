from pathlib import Path

import pytest

from tallystick.engine.documents import (
    DocumentUnreadable,
    DuplicateKey,
    parse_document,
    read_document,
)


def test_on_is_a_word_and_true_is_a_truth() -> None:
    found = parse_document("on: 2026-01-01\nyes: no\nflag: true\n", "x.yaml")

    assert list(found) == ["on", "yes", "flag"]
    assert found["yes"] == "no"
    assert found["flag"] is True


def test_json_is_read_as_well() -> None:
    found = parse_document('{"a": [1, 2]}', "x.json")

    assert found == {"a": [1, 2]}


def test_a_key_given_twice_is_refused_with_its_line() -> None:
    with pytest.raises(DuplicateKey) as refused:
        parse_document("a: 1\nb: 2\na: 3\n", "x.yaml")

    assert refused.value.place == "line 3"


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\tx: 1", "- a\nb: 1"])
def test_broken_yaml_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(DocumentUnreadable) as refused:
        parse_document(text, "x.yaml")

    assert refused.value.place.startswith("x.yaml, line ")
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: 2026-13-45", 2),
        ("a: &x [1]\nb: [*x, *x]", 2),
        ("&x [*x]", 1),
        ("a: 1\n? [b]\n: c", 2),
        ("a: " + "9" * 5000, 1),
    ],
    ids=["no-such-day", "alias", "itself", "list-as-key", "endless-number"],
)
def test_a_value_that_cannot_be_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(DocumentUnreadable) as refused:
        parse_document(text, "x.yaml")

    assert refused.value.place == f"x.yaml, line {line}"


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(DocumentUnreadable, match="nested too deeply"):
        parse_document("[" * 5000, "x.yaml")


def test_control_characters_are_refused() -> None:
    with pytest.raises(DocumentUnreadable):
        parse_document("a: \x07", "x.yaml")


def test_a_python_object_is_never_built() -> None:
    with pytest.raises(DocumentUnreadable):
        parse_document("a: !!python/object/apply:os.system ['true']", "x.yaml")


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("name: Österreich".encode("cp1252"))

    with pytest.raises(DocumentUnreadable, match="not UTF-8"):
        read_document(path)
