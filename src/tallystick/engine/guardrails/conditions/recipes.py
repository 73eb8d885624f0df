"""Ready conditions in plain words, to start from when a lesson raises a guardrail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """A condition with the words that say what it asks for."""

    slug: str
    words: str
    condition: str


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "objective-baselines",
        "Every objective has a baseline with a value.",
        "objectives.all(o, o.baseline != null && o.baseline.value != null)",
    ),
    Recipe(
        "objective-provider-owners",
        "Every objective has an owner at the provider.",
        "objectives.all(o, o.provider_owner != null)",
    ),
    Recipe(
        "objectives-acknowledged",
        "Every objective has been acknowledged by the provider.",
        "objectives.all(o, o.acknowledged_on != null)",
    ),
    Recipe(
        "objectives-due-in-term",
        "Every objective falls due before the engagement ends.",
        "objectives.all(o, o.due_on != null && (ends_on == null || o.due_on <= ends_on))",
    ),
    Recipe(
        "level-data-sources",
        "Every service level names its data source.",
        "agreement == null || agreement.service_levels.all(l, l.data_source != null)",
    ),
    Recipe(
        "level-measurers",
        "Every service level names the party that measures it.",
        "agreement == null || agreement.service_levels.all(l, l.measured_by != null)",
    ),
    Recipe(
        "holidays-for-the-term",
        "The calendar of every service level lists holidays for each year of the term.",
        "agreement == null || agreement.service_levels.all(l,\n"
        "  l.calendar != null && l.calendar in agreement.calendars &&\n"
        "  (agreement.calendars[l.calendar].hours == 'always' ||\n"
        "   term_years.all(y, agreement.calendars[l.calendar].holidays\n"
        "     .exists(day, day.startsWith(y)))))",
    ),
    Recipe(
        "attainable-targets",
        "No service level of fewer than 100 items a window has a target above 99 %.",
        "measurements.all(m, m.target == null || m.target <= 0.99 || m.denominator >= 100)",
    ),
    Recipe(
        "agreement-covers-the-term",
        "The agreement stays in force until the engagement ends.",
        "agreement == null || ends_on == null || (agreement.in_force != null &&\n"
        "  (agreement.in_force.until == null || agreement.in_force.until > ends_on))",
    ),
    Recipe(
        "declined-with-reason",
        "Every lesson that was declined says why.",
        "lessons.all(l, l.disposition != 'not-applicable' ||\n"
        "  (l.note != null && l.note.size() > 10))",
    ),
)
