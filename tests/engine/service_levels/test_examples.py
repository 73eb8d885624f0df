"""The agreements under examples/, against the schema and against the real data they are for."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.reading import read_service_data
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.service_levels.agreement import (
    agreement_document,
    read_agreement,
)
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.schema import agreement_schema
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.working import Kind, show_working
from tallystick.engine.values import Spans

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = sorted((ROOT / "examples" / "agreements").glob("*.yaml"))
FILES = {
    "volvo-incidents": DATA / "volvo-incidents" / "incidents.csv.gz",
    "italian-helpdesk": DATA / "italian-helpdesk" / "helpdesk.csv.gz",
}
needs_data = pytest.mark.skipif(not DATA.exists(), reason="../shared/data is absent")


def example(folder: str, name: str) -> Any:
    """Return the document of an example."""
    return yaml.safe_load((ROOT / "examples" / folder / f"{name}.yaml").read_text(encoding="utf-8"))


def the_real(name: str) -> tuple[Agreement, Spans, int]:
    """Return an example's agreement, its real histories, and the instant of the last change."""
    spans = spans_of(
        read_service_data(FILES[name], read_mapping(example("mappings", name))).changes
    )
    return read_agreement(example("agreements", name)), spans, int(spans.since.max())


def totals(outcomes: Outcomes, agreement: Agreement, level: str, as_of: int) -> tuple[int, int]:
    """Return numerator and denominator over all months."""
    months = tally(outcomes, agreement.service_level(level), agreement, as_of)
    return sum(m.numerator for m in months), sum(m.denominator for m in months)


def test_there_is_an_example_for_each_real_file() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(FILES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_reads_and_its_full_spelling_fits_the_schema(path: Path) -> None:
    agreement = read_agreement(yaml.safe_load(path.read_text(encoding="utf-8")))

    validator = Draft202012Validator(agreement_schema())
    assert list(validator.iter_errors(agreement_document(agreement))) == []


@needs_data
@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "level", "counts"),
    [
        ("volvo-incidents", "response", (7487, 7553)),
        ("volvo-incidents", "resolution", (6026, 7545)),
        ("italian-helpdesk", "response", (3481, 4580)),
        ("italian-helpdesk", "resolution-serious", (1381, 1963)),
        ("italian-helpdesk", "resolution-usual", (2450, 2614)),
    ],
)
def test_real_data_keep_their_attainment(name: str, level: str, counts: tuple[int, int]) -> None:
    agreement, spans, as_of = the_real(name)

    got = measure(spans, agreement.service_level(level), agreement, as_of)

    assert totals(got, agreement, level, as_of) == counts


@needs_data
@pytest.mark.real_data
@pytest.mark.parametrize("name", sorted(FILES))
def test_the_working_of_real_items_adds_up(name: str) -> None:
    agreement, spans, as_of = the_real(name)
    for level in agreement.service_levels:
        got = measure(spans, level, agreement, as_of)

        for row in range(0, len(got), 401):
            shown = show_working(spans, got.id_of(row), level, agreement, as_of)
            counted = sum(i.seconds for i in shown.intervals if i.kind is Kind.COUNTED)
            assert counted == shown.counted == int(got.counted[row])
