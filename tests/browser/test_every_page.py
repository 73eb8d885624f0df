"""Every page that links lead to, as each side and in both themes: axe finds nothing to mend."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser

IDENTIFIER = re.compile(r"/[2-9b-df-hj-np-tv-xz]{12}(?=/)|/(?:[A-Z]{3}\d{3})(?=/)")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDER_THAN_THE_SCREEN = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true });
  return document.documentElement.scrollWidth > window.innerWidth;
}"""
DOWNLOADS = ("/snapshot/", "/rejected/", "/bundle/", "/checkpoint/", "/ledger/", "/api/")


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


def complaints(page: Page) -> list[str]:
    """Return what axe finds on the page, by rule and place."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for violation in found.response["violations"]
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("person", ["ada@nordwind.example", "cleo@balticdesk.example"])
def test_axe_finds_nothing(person: str, theme: str, sign_in: SignIn, faults: list[str]) -> None:
    page = sign_in(person, color_scheme=theme, viewport={"width": 1440, "height": 900})

    found = {
        kind(address): said for address in pages_from(page, page.url) if (said := complaints(page))
    }

    assert found == {}
    assert faults == []


@pytest.mark.parametrize("person", ["ada@nordwind.example", "cleo@balticdesk.example"])
def test_no_page_scrolls_sideways_on_a_telephone(person: str, sign_in: SignIn) -> None:
    page = sign_in(person, viewport={"width": 390, "height": 800})

    wide = [
        kind(address)
        for address in pages_from(page, page.url)
        if page.evaluate(WIDER_THAN_THE_SCREEN)
    ]

    assert wide == []


def test_the_pages_of_both_sides_are_reached(sign_in: SignIn) -> None:
    client = {kind(each) for each in pages_from(*_at_home(sign_in, "ada@nordwind.example"))}
    provider = {kind(each) for each in pages_from(*_at_home(sign_in, "cleo@balticdesk.example"))}

    assert len(client) > 25
    assert len(provider) > 15
    assert not {"/guardrails/", "/engagements/ID/gate/", "/engagements/ID/notes/"} & provider


def _at_home(sign_in: SignIn, person: str) -> tuple[Page, str]:
    page = sign_in(person)
    return page, page.url


def test_nothing_is_asked_of_any_other_host(sign_in: SignIn) -> None:
    page = sign_in("ada@nordwind.example")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))

    list(pages_from(page, page.url))

    assert asked == {urlsplit(page.url).netloc}


def test_without_javascript_the_core_forms_work(sign_in: SignIn) -> None:
    page = sign_in("eva@nordwind.example", java_script_enabled=False)

    page.goto("/lessons/")
    page.get_by_role("searchbox").fill("holidays")
    page.get_by_role("searchbox").press("Enter")

    assert page.get_by_text("An agreement without holidays turns Easter into a breach").count()
