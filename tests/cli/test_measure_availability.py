"""`tallystick measure` on signals: alone, beside items, and with what does not fit refused."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from tallystick.cli.main import main
from tests.actions.test_signals import OUTAGES, PROBES, SHAPES, a_document
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, an_agreement_document

TEXTS = {"outages": OUTAGES, "probes": PROBES, "event-log": EVENT_LOG}


def measure(folder: Path, *shapes: str, more: tuple[str, ...] = (), **changes: Any) -> Result:
    """Measure from a file of each shape; the agreement has an availability level."""
    agreement = an_agreement_document(**a_document(**changes))
    (folder / "agreement.yaml").write_text(yaml.safe_dump(agreement), encoding="utf-8")
    arguments = ["measure", str(folder / "agreement.yaml")]
    for number, shape in enumerate(shapes):
        mapping = {"mapping": 1, "shape": shape, "source": "monitor", **SHAPES.get(shape, {})}
        document = EVENT_LOG_MAPPING if shape == "event-log" else mapping
        data, meaning = folder / f"{number}.csv", folder / f"{number}.yaml"
        data.write_text(TEXTS[shape], encoding="utf-8")
        meaning.write_text(yaml.safe_dump(document), encoding="utf-8")
        arguments += ["--data", str(data), "--mapping", str(meaning)]
    return CliRunner().invoke(main, [*arguments, *more])


def levels(result: Result) -> set[str]:
    """Return the service levels that were measured."""
    return {each["service_level"] for each in json.loads(result.stdout)["measurements"]}


@pytest.mark.parametrize(
    ("shapes", "expected"),
    [
        (("outages",), {"portal"}),
        (("event-log",), {"response", "resolution"}),
        (("outages", "event-log"), {"portal", "response", "resolution"}),
    ],
)
def test_a_level_is_measured_where_its_kind_of_data_is_given(
    tmp_path: Path, shapes: tuple[str, ...], expected: set[str]
) -> None:
    result = measure(tmp_path, *shapes, more=("--format", "json"))

    assert levels(result) == expected
    assert len(json.loads(result.stdout)["imports"]) == len(shapes)


def test_the_seconds_of_a_month_are_exact(tmp_path: Path) -> None:
    result = measure(tmp_path, "outages", more=("--format", "json", "--window", "2026-03"))

    (march,) = json.loads(result.stdout)["measurements"]
    assert (march["numerator"], march["denominator"]) == (743 * 3600 - 26_784, 743 * 3600)
    assert (march["verdict"], result.exit_code) == ("missed", 1)


def test_the_intervals_are_the_evidence(tmp_path: Path) -> None:
    measure(tmp_path, "outages", more=("--evidence", str(tmp_path / "evidence")))

    with (tmp_path / "evidence" / "portal.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    down = [(row["window"], row["component"], row["down"]) for row in rows if row["down"] != "0"]
    assert down == [
        ("2026-03", "web", "26784"),
        ("2026-04", "db", "600"),
        ("2026-05", "web", "600"),
    ]


@pytest.mark.parametrize(
    ("shapes", "more", "code"),
    [
        (("probes",), (), "measure.nothing-to-measure"),
        (("outages", "outages"), (), "measure.kind-twice"),
    ],
)
def test_what_does_not_fit_is_refused(
    tmp_path: Path, shapes: tuple[str, ...], more: tuple[str, ...], code: str
) -> None:
    result = measure(tmp_path, *shapes, more=more)

    assert (result.exit_code, code in result.stderr) == (2, True)


def test_a_file_without_a_mapping_is_refused(tmp_path: Path) -> None:
    extra = tmp_path / "extra.csv"
    extra.write_text(OUTAGES, encoding="utf-8")

    result = measure(tmp_path, "outages", more=("--data", str(extra)))

    assert (result.exit_code, "measure.unpaired" in result.stderr) == (2, True)
