"""Months counted from the present one, so that the demo is always of today."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/Berlin"

# Movable feasts of Hamburg, where the made-up client sits: Good Friday, Easter Monday,
# Ascension, Whit Monday. Fixed ones follow in `holidays`.
_MOVABLE = {
    2024: ("03-29", "04-01", "05-09", "05-20"),
    2025: ("04-18", "04-21", "05-29", "06-09"),
    2026: ("04-03", "04-06", "05-14", "05-25"),
    2027: ("03-26", "03-29", "05-06", "05-17"),
    2028: ("04-14", "04-17", "05-25", "06-05"),
    2029: ("03-30", "04-02", "05-10", "05-21"),
    2030: ("04-19", "04-22", "05-30", "06-10"),
    2031: ("04-11", "04-14", "05-22", "06-02"),
}
_FIXED = ("01-01", "05-01", "10-03", "10-31", "12-25", "12-26")


def holidays(first: date, last: date) -> list[str]:
    """Return the public holidays of Hamburg between two days, as ISO dates."""
    days = sorted(
        f"{year}-{day}"
        for year in range(first.year, last.year + 1)
        for day in (*_FIXED, *_MOVABLE.get(year, ()))
    )
    return [day for day in days if first.isoformat() <= day <= last.isoformat()]


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the demo's zone."""

    first: date

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        """Return the month that a moment lies in."""
        return cls(moment.astimezone(ZoneInfo(ZONE)).date().replace(day=1))

    def plus(self, months: int) -> "Month":
        """Return the month so many months later; earlier for a negative number."""
        count = self.first.year * 12 + self.first.month - 1 + months
        return Month(date(count // 12, count % 12 + 1, 1))

    @property
    def text(self) -> str:
        """Return the month as a window is written, `2026-03`."""
        return f"{self.first:%Y-%m}"

    @property
    def start(self) -> datetime:
        """Return the instant at which the month begins."""
        return self.at(1, 0)

    def at(self, day: int, hour: int) -> datetime:
        """Return an instant in the month, in UTC, given the local day and hour."""
        local = datetime(self.first.year, self.first.month, day, hour, tzinfo=ZoneInfo(ZONE))
        return local.astimezone(UTC)

    def day(self, number: int) -> date:
        """Return a day of the month."""
        return self.first + timedelta(days=number - 1)
