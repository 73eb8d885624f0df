"""The component tags that every page is made of; docs/explanation/components.md lists them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Page
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

import tallystick
from tallystick.engine.guardrails.stages import Stage
from tallystick.web.components import words
from tallystick.web.components.draw import draw
from tallystick.web.components.icons import icon as draw_icon
from tallystick.web.components.navigation import page_numbers, steps_of
from tallystick.web.components.status import look_of, word_of
from tallystick.web.tables import Table
from tallystick.web.theme import THEMES, theme_of

_NOT_OF_AN_ENGAGEMENT = (
    "/lessons/", "/guardrails/", "/inbox/", "/password/", "/sign-", "/confirm-access/",
)  # fmt: skip

register = template.Library()

register.filter("words", words.words)
register.filter("sentence", words.sentence)
register.filter("percent", words.percent)
register.filter("points", words.points)
register.filter("number", words.number)
register.filter("duration", words.duration)
register.filter("day", words.day)
register.filter("month", words.month)
register.simple_tag(words.moment_html, name="moment")
register.simple_tag(draw_icon, name="icon")


def _body(content: str) -> SafeString:
    # The content of a block tag was rendered, and so escaped, by the page's own template.
    return mark_safe(content.strip())  # noqa: S308


# --- the frame


@register.simple_tag(takes_context=True)
def current_theme(context: Context) -> str:
    """Return the chosen theme: light, dark or system; works without a request."""
    return theme_of(context.get("request"))


@register.simple_tag
def product_version() -> str:
    """Return the version that runs."""
    return tallystick.__version__


@register.inclusion_tag("components/theme_menu.html", takes_context=True)
def theme_menu(context: Context) -> dict[str, Any]:
    """Draw the choice of theme: a form that works without JavaScript."""
    request = context["request"]
    return {
        "themes": THEMES,
        "chosen": theme_of(request),
        "back": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def nav_link(context: Context, label: str, url: str) -> SafeString:
    """Draw an entry of the main navigation, marked where the page lies under it."""
    path = context["request"].path
    # Most pages belong to an engagement, though their addresses do not all begin with its own.
    own = not path.startswith(_NOT_OF_AN_ENGAGEMENT) if url == "/" else path.startswith(url)
    return draw("nav_link", label=label, url=url, current=own)


@register.filter
def initials(name: str) -> str:
    """Return at most two initials of a name."""
    return "".join(part[0] for part in name.split()[:2]).upper()


# --- where one is


@register.simple_block_tag(end_name="endpage_head")
def page_head(
    content: str,
    title: str,
    subtitle: str = "",
    breadcrumb: Sequence[tuple[str, str]] = (),
    audience: str = "",
    party: str = "",
    status: str = "",
) -> SafeString:
    """Draw the head of a page; the content is its actions, `breadcrumb` (label, url) pairs."""
    return draw(
        "page_head",
        title=title,
        subtitle=subtitle,
        breadcrumb=breadcrumb,
        audience=audience,
        party=party,
        status=status,
        actions=_body(content),
    )


@register.simple_tag
def tabs(entries: Sequence[tuple[str, str, bool]], label: str = "Engagement") -> SafeString:
    """Draw tabs from (label, url, current) triples."""
    return draw("tabs", tabs=entries, label=label)


@register.simple_tag
def stepper(
    steps: Sequence[str] | str, current: str, label: str = "Steps", finished: bool = False
) -> SafeString:
    """Draw steps of which one is current; `steps` is a list or a text with commas."""
    return draw("stepper", steps=steps_of(steps, current, finished), label=label)


@register.simple_tag
def stages(current: str, finished: bool = False) -> SafeString:
    """Draw the six stages of an engagement, define to close."""
    steps = steps_of([stage.value for stage in Stage], current, finished)
    return draw("stepper", steps=steps, label="Stages")


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], parameter: str = "page") -> SafeString:
    """Draw links to the pages of a Django `Page`, keeping the rest of the address."""
    query = context["request"].GET.copy()

    def url(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page_numbers(page.number, page.paginator.num_pages)
    links = [(number, url(number) if number else "") for number in numbers]
    return draw("pagination", current=page.number, links=links)


# --- what holds content


@register.simple_block_tag
def card(
    content: str, title: str = "", note: str = "", link: str = "", link_label: str = "See all"
) -> SafeString:
    """Draw a card around the content."""
    return draw(
        "card", title=title, note=note, link=link, link_label=link_label, body=_body(content)
    )


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> SafeString:
    """Draw a remark; `tone` is info, good, warn or bad."""
    return draw("callout", tone=tone, title=title, body=_body(content))


@register.simple_block_tag
def disclosure(content: str, label: str, open: bool = False) -> SafeString:
    """Draw something that a person may open; the browser's own, without JavaScript."""
    return draw("disclosure", label=label, open=open, body=_body(content))


@register.simple_block_tag
def dialog(content: str, id: str, title: str, opener: str, kind: str = "") -> SafeString:
    """Draw a button labelled `opener`, and the dialog it opens around the content."""
    return draw("dialog", id=id, title=title, opener=opener, kind=kind, body=_body(content))


@register.simple_block_tag
def stats(content: str) -> SafeString:
    """Draw the frame of a row of figures; the content is `stat` tags."""
    return draw("stats", body=_body(content))


@register.simple_tag
def stat(label: str, value: object, detail: str = "", status: str = "") -> SafeString:
    """Draw one big figure."""
    return draw("stat", label=label, value=value, detail=detail, status=status)


@register.simple_tag
def facts(pairs: Sequence[tuple[str, object]] | Mapping[str, object]) -> SafeString:
    """Draw a list of terms and their values; an empty value becomes a dash."""
    listed = list(pairs.items()) if isinstance(pairs, Mapping) else list(pairs)
    return draw("facts", pairs=listed)


@register.simple_tag
def empty_state(
    heading: str, text: str, action: str = "", url: str = "", icon: str = "inbox"
) -> SafeString:
    """Draw what stands where nothing is yet: what it is, why it is empty, what to do."""
    return draw("empty_state", heading=heading, text=text, action=action, url=url, icon=icon)


@register.simple_tag
def timeline(entries: Sequence[Any]) -> SafeString:
    """Draw entries that have `at`, `who`, `organisation` and `sentence`, in the order given."""
    return draw("timeline", entries=entries)


# --- small words


@register.simple_tag
def status(value: str, label: str = "", plain: bool = False) -> SafeString:
    """Draw a status as word and icon; `plain` leaves out the ground, for dense tables."""
    look = look_of(str(value))
    return draw("status", look=look, word=label or word_of(str(value)), plain=plain)


@register.simple_tag
def audience(kind: str, party: str) -> SafeString:
    """Draw who can read this: `private` (only party), `shared` (with party), `open` (at party)."""
    return draw("audience", kind=kind, party=party)


# --- work in progress, code


@register.simple_tag
def progress(
    value: int | None, maximum: int, label: str, unit: str = "rows", poll: str = ""
) -> SafeString:
    """Draw how far a job is; with `poll`, an address that answers with this again, it renews."""
    return draw("progress", value=value, maximum=maximum, label=label, unit=unit, poll=poll)


@register.simple_tag
def code_block(text: str, label: str = "") -> SafeString:
    """Draw commands or a document, with a copy button."""
    return draw("code_block", text=text, label=label)


@register.simple_tag
def hash(digest: str) -> SafeString:
    """Draw the start of a digest; the whole of it is in the title and in the copy button."""
    kind, _, figure = digest.rpartition(":")
    return draw("hash", digest=digest, kind=kind, short=figure[:12])


# --- tables


@register.simple_tag(takes_context=True)
def table(context: Context, data: Table) -> SafeString:
    """Draw a `Table` with its filter, count, CSV link and pages."""
    return draw("table", context.get("request"), table=data)
