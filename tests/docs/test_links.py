"""Links and anchors of Markdown pages."""

from pathlib import Path

import pytest
from docpages.links import anchors_of, broken_links, markdown_files


def a_page(folder: Path, name: str, text: str) -> Path:
    """Write a page into a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "link",
    [
        "[a](there.md)",
        "[a](there.md#a-heading)",
        "[a](#here)",
        "![a](picture.svg)",
        "[`code`](sub/page.md)",
        '<img src="picture.svg">',
        "[a](https://example.org/absent)",
        "[a](mailto:ada@example.org)",
        "`[a](absent.md)`",
        "```\n[a](absent.md)\n```",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(tmp_path: Path, link: str) -> None:
    a_page(tmp_path, "there.md", "# There\n\n## A heading\n")
    a_page(tmp_path, "sub/page.md", "# Sub\n")
    a_page(tmp_path, "picture.svg", "<svg/>")
    a_page(tmp_path, "page.md", f"# Here\n\n{link}\n")

    found = broken_links(tmp_path)

    assert found == []


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("[a](absent.md)", "absent.md"),
        ("[a](page.md#absent)", "page.md#absent"),
        ("[a](#absent)", "#absent"),
        ("![a](absent.png)", "absent.png"),
        ("[![a](absent.png)](page.md)", "absent.png"),
        ('<img src="absent.png">', "absent.png"),
        ("[a](../outside.md)", "../outside.md"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_page(
    tmp_path: Path, link: str, target: str
) -> None:
    a_page(tmp_path, "page.md", f"# Here\n\n{link}\n")

    found = broken_links(tmp_path)

    assert found == [f"page.md: {target}"]


def test_anchors_are_those_of_the_forges(tmp_path: Path) -> None:
    page = a_page(
        tmp_path, "page.md", "# A `b` c_d, e!\n## Due\n## Due\n```\n# no heading\n```\n# [L](x)\n"
    )

    found = anchors_of(page)

    assert found == {"a-b-c_d-e", "due", "due-1", "l"}


def test_folders_that_are_not_the_project_s_are_left_out(tmp_path: Path) -> None:
    for folder in (".venv", "var", "build", ".git"):
        a_page(tmp_path, f"{folder}/page.md", "# Page\n")

    found = markdown_files(tmp_path)

    assert found == []
