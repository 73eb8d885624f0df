"""Values in words: shares, durations, moments and slugs, as every page writes them."""

from datetime import UTC, date, datetime
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tallystick.engine.service_levels.window_words import window_words
from tallystick.engine.values import FOREVER, moment

ABSENT = "–"  # noqa: RUF001  (an en dash, as typeset tables have it)


def words(slug: object) -> str:
    """Turn a stored slug into words: `not-applicable` gives "not applicable"."""
    return str(slug).replace("-", " ").replace("_", " ")


def sentence(slug: object) -> str:
    """Turn a stored slug into words that start with a capital."""
    text = words(slug)
    return text[:1].upper() + text[1:]


def percent(share: Fraction | Decimal | float | None, places: int = 2) -> str:
    """
    Write a share from 0 to 1 in per cent; an en dash for None.

    Rounded down, so that a level missed by a hair never reads as met.
    """
    if share is None:
        return ABSENT
    exact = Fraction(share) * 100
    step = Decimal(1).scaleb(-places)
    hundredths = exact * 10**places
    floored = Decimal(hundredths.numerator // hundredths.denominator).scaleb(-places)
    return f"{floored.quantize(step, rounding=ROUND_FLOOR)}%"


def points(figure: Fraction | Decimal | float | None) -> str:
    """Write a figure that is per cent already, such as a target, without trailing zeros."""
    if figure is None:
        return ABSENT
    if isinstance(figure, Fraction):
        figure = Decimal(figure.numerator) / Decimal(figure.denominator)
    return f"{Decimal(str(figure)).normalize():f}%"


def target_percent(share: Fraction | Decimal | float) -> str:
    """Write a target share in per cent without trailing zeros: 19/20 gives "95%"."""
    exact = Fraction(share).limit_denominator(10**9) * 100
    return points(exact)


def number(count: int) -> str:
    """Write a whole number with its thousands parted by a narrow space, as any reader knows it."""
    return f"{count:,}".replace(",", "\u202f")


def duration(seconds: int | None) -> str:
    """Write whole seconds exactly, in hours: 76 h 5 min. Days differ by calendar, hours do not."""
    if seconds is None:
        return ABSENT
    minutes, rest = divmod(abs(int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    named = [(hours, "h"), (minutes, "min"), (rest, "s")]
    text = " ".join(f"{count} {unit}" for count, unit in named if count) or "0 min"
    return f"\u2212{text}" if seconds < 0 else text  # a true minus sign


def day(value: date | None) -> str:
    """Write a calendar day as 1 Mar 2026."""
    return f"{value.day} {value:%b %Y}" if value else ABSENT


def month(window: object) -> str:
    """Write a window such as "2026-03" as March 2026; any other text stays as it is."""
    return window_words(str(window))


def moment_text(at: datetime | int | None, zone: str = "UTC") -> str:
    """Write an instant in a zone, named, with seconds only where there are any."""
    if at is None or at == FOREVER:
        return ABSENT
    local = as_datetime(at).astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return f"{day(local)}, {clock} {local.tzname()}"


def moment_html(at: datetime | int | None, zone: str = "UTC") -> SafeString:
    """Write an instant as a `<time>` element whose title is the instant in UTC."""
    if at is None or at == FOREVER:
        return SafeString(ABSENT)
    universal = as_datetime(at).astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        universal.isoformat(),
        f"{universal:%Y-%m-%d %H:%M:%S} UTC",
        moment_text(at, zone),
    )


def as_datetime(at: datetime | int) -> datetime:
    """Return an instant of the engine, or a stored one, as an aware datetime."""
    return at if isinstance(at, datetime) else moment(int(at))
