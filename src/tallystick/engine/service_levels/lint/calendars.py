"""On which days and hours time counts."""

from collections.abc import Iterator

from tallystick.engine.service_levels.calendar_oddities import oddities_of
from tallystick.engine.service_levels.lint.rule import Look, Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import document_leaves_out
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.values import Severity


def _odd(code: str, part: str) -> Look:
    """Return a look at the oddities of one kind, as the page of a calendar shows them."""

    def look(wording: Wording) -> Iterator[Spot]:
        term = wording.terms.in_force
        for name, calendar in wording.terms.calendars.items():
            for odd in oddities_of(calendar, term.from_, term.until):
                if odd.code == code:
                    place = f"calendars.{name}.{part}"
                    yield Spot(place, f"Calendar {name}: {odd.sentence}", odd.remedy)

    return look


def _unused(wording: Wording) -> Iterator[Spot]:
    used = {level.calendar for level in wording.terms.service_levels}
    for name in wording.terms.calendars:
        if name not in used:
            yield Spot(
                f"calendars.{name}",
                f"No service level counts on the calendar {name}.",
                "Remove it, or name it at the levels that it is meant for.",
            )


RULES = (
    Rule(
        "calendar.no-holidays",
        Severity.MAJOR,
        "a calendar that is not open around the clock names no holiday in a year of the term",
        "On Good Friday nobody works and the clock runs, or the clock stands and the client waits: "
        "the number of tickets late that week hangs on it.",
        "ISO 3166 subdivisions have their own holidays; Jira and ServiceNow ask for a list",
        _odd("calendar.no-holidays", "holidays"),
    ),
    Rule(
        "calendar.zone-of-another-country",
        Severity.MAJOR,
        "the zone of a calendar is not one of the country that its holidays come from",
        "Half a day's shift moves every limit near the end of the day to the next morning.",
        "IANA time-zone database, zone.tab",
        _odd("calendar.zone-of-another-country", "zone"),
    ),
    Rule(
        "calendar.unused",
        Severity.MINOR,
        "no service level counts on a calendar",
        "A calendar without use reads like a promise of service hours, and is none.",
        "Contract drafting: every defined term is used",
        _unused,
    ),
    Rule(
        "calendar.zone-data-unsaid",
        Severity.MINOR,
        "the agreement names no release of the time-zone database",
        "Governments move clocks at short notice. A limit computed before and after an update can "
        "differ by an hour, and nothing says which one both parties looked at.",
        "IANA time-zone database, release notes",
        document_leaves_out(
            "time_zone_data",
            "The agreement names no release of the time-zone database.",
            "Write time_zone_data: 2026a, or the release that both parties use.",
        ),
    ),
)
