"""The generated reference pages."""

from pathlib import Path

import pytest

from tallystick.engine.guardrails.pages import FOLDER, pages, write_pages

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_is_fresh(name: str) -> None:
    stored = (ROOT / FOLDER / name).read_text("utf-8")

    assert stored == pages()[name], f"run python -m tallystick.engine.guardrails.pages {FOLDER}"


def test_no_page_is_left_of_a_guardrail_that_is_gone() -> None:
    stored = {path.name for path in (ROOT / FOLDER).iterdir()}

    assert stored == set(pages())


def test_the_pages_are_written_into_a_new_folder(tmp_path: Path) -> None:
    write_pages(tmp_path / "new")

    assert {path.name for path in (tmp_path / "new").iterdir()} == set(pages())
