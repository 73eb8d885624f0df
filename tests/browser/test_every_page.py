"""Every page that links lead to, as each side and in both themes: axe finds nothing to mend."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

IDENTIFIER = re.compile(r"/[2-9b-df-hj-np-tv-xz]{12}(?=/)|/(?:[A-Z]{3}\d{3})(?=/)")
CLIENT, PROVIDER = "ada@nordwind.example", "cleo@balticdesk.example"
as_client, as_provider = (
    pytest.mark.parametrize(
        "walk", [pytest.param(person, marks=pytest.mark.xdist_group(person))], indirect=True
    )
    for person in (CLIENT, PROVIDER)
)
both = pytest.mark.parametrize(
    "walk",
    [pytest.param(person, marks=pytest.mark.xdist_group(person)) for person in (CLIENT, PROVIDER)],
    indirect=True,
)
"""A walk is made by one worker, and by the other for the other side."""

PRIVATE = {"/guardrails/", "/engagements/ID/gate/", "/engagements/ID/notes/"}
SCREEN = ViewportSize(width=1440, height=900)
TELEPHONE = ViewportSize(width=390, height=800)
COLOURS = ["color-contrast", "link-in-text-block"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDER_THAN_THE_SCREEN = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true });
  return document.documentElement.scrollWidth > window.innerWidth;
}"""
HEAD_UPON_ROWS = """() => [...document.querySelectorAll("table")].some(table => {
  const heads = [...(table.tHead?.rows ?? [])].flatMap(row => [...row.cells]);
  const first = table.tBodies[0]?.rows[0]?.getBoundingClientRect();
  return first?.height && heads.some(h => h.getBoundingClientRect().bottom > first.top + 1);
})"""
DOWNLOADS = (
    "/snapshot/", "/rejected/", "/bundle/", "/checkpoint/", "/ledger/", "/api/",
    "/record/", "/paper/",
)  # fmt: skip


def kind(address: str) -> str:
    """Return a path with its ids left out: pages of one kind are drawn by one template."""
    return IDENTIFIER.sub("/ID", urlsplit(address).path)


def pages_from(page: Page, start: str) -> Iterator[str]:
    """Yield one address of every kind of page that links lead to, the page being opened."""
    waiting, seen = [start], {kind(start)}
    while waiting:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}"
        yield address
        for link in page.locator("a[href]").evaluate_all("all => all.map(a => a.href)"):
            found = urlsplit(link)
            own = found.netloc == urlsplit(page.url).netloc
            if own and kind(link) not in seen and not found.path.endswith(DOWNLOADS):
                if "format=" in found.query or found.path.startswith(("/static/", "/api/")):
                    continue
                seen.add(kind(link))
                waiting.append(found._replace(fragment="").geturl())


@dataclass
class Walk:
    """What was seen on a walk over every page: complaints by kind, bad layout, hosts asked."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    wide: list[str] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def complaints(page: Page, theme: Literal["light", "dark"]) -> list[str]:
    """
    Return what axe finds on the page in a theme, by rule and place.

    Themes differ in their colours alone: the dark one is asked for what colours can break.
    """
    page.emulate_media(color_scheme=theme)
    asked = (
        {"type": "tag", "values": TAGS} if theme == "light" else {"type": "rule", "values": COLOURS}
    )
    found = Axe().run(page, options={"runOnly": asked})
    return [
        f"{theme}: {violation['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"][:3]
    ]


@pytest.fixture(scope="session")
def walks() -> dict[str, Walk]:
    """Keep what was seen on each person's walk, so that it is made once."""
    return {}


@pytest.fixture
def walk(
    walks: dict[str, Walk], request: pytest.FixtureRequest, sign_in: SignIn, faults: list[str]
) -> Walk:
    """Walk over every page as the person of the test: both themes, on a screen and a telephone."""
    person = request.param
    if person not in walks:
        walks[person] = _walk(sign_in(person, viewport=SCREEN, reduced_motion="reduce"), faults)
    return walks[person]


def _walk(page: Page, faults: list[str]) -> Walk:
    seen = Walk(faults=faults)
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    for address in pages_from(page, page.url):
        seen.pages[kind(address)] = complaints(page, "light") + complaints(page, "dark")
        if page.evaluate(HEAD_UPON_ROWS):
            seen.covered.append(kind(address))
        page.set_viewport_size(TELEPHONE)
        if page.evaluate(WIDER_THAN_THE_SCREEN):
            seen.wide.append(kind(address))
        page.set_viewport_size(SCREEN)
    return seen


@both
def test_axe_finds_nothing(walk: Walk) -> None:
    assert {address: said for address, said in walk.pages.items() if said} == {}


@both
def test_the_browser_complains_of_nothing(walk: Walk) -> None:
    assert walk.faults == []


@both
def test_no_page_scrolls_sideways_on_a_telephone(walk: Walk) -> None:
    assert walk.wide == []


@both
def test_no_head_of_a_table_lies_upon_its_rows(walk: Walk) -> None:
    assert walk.covered == []


@both
def test_nothing_is_asked_of_any_other_host(walk: Walk, site: str) -> None:
    assert walk.hosts == {urlsplit(site).netloc}


@as_client
def test_the_client_reaches_its_own_pages(walk: Walk) -> None:
    assert len(walk.pages) > 25
    assert walk.pages.keys() >= PRIVATE


@as_provider
def test_the_provider_reaches_nothing_of_them(walk: Walk) -> None:
    assert len(walk.pages) > 15
    assert not PRIVATE & walk.pages.keys()


def test_without_javascript_the_core_forms_work(sign_in: SignIn) -> None:
    page = sign_in("eva@nordwind.example", java_script_enabled=False)

    page.goto("/lessons/")
    page.get_by_role("searchbox").fill("holidays")
    page.get_by_role("searchbox").press("Enter")

    assert page.get_by_text("An agreement without holidays turns Easter into a breach").count()
