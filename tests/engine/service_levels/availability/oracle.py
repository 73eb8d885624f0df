"""
A slow second opinion on availability: walks through time in steps of 20 seconds.

It reads plain rows and a plain document of terms with its own few lines, and shares no code with
the engine but the walker of calendars, which does not either. All instants must be whole steps.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.engine.service_levels.oracle_hours import Hours

STEP = 20
Row = tuple[Any, ...]
Loss = tuple[int, int] | None  # affected, and of those not excused; None if it is not known


class Walk:
    """One service over time, as its document and its rows tell."""

    def __init__(
        self,
        document: dict[str, Any],
        calendar: dict[str, Any],
        rows: Sequence[Row],
        relief: Sequence[tuple[int, int]],
        as_of: int,
    ) -> None:
        self.document = document
        self.hours = Hours(calendar)
        self.rows: dict[str, list[Row]] = {}
        for row in rows:
            if row[1] <= as_of:
                self.rows.setdefault(row[0], []).append(row)
        self.any_row = bool(rows)
        self.as_of = as_of
        self.users = document.get("total_users", 1)
        self.left_out = [*relief, *self._noticed(ZoneInfo(calendar["zone"]))]
        standing = {"hours": document.get("standing_maintenance", {}), "holidays": []}
        self.standing = Hours({"zone": calendar["zone"]} | standing)

    def _noticed(self, zone: ZoneInfo) -> list[tuple[int, int]]:
        found = []
        for window in self.document.get("maintenance", []):
            ends = [
                datetime.fromisoformat(window[key]).replace(tzinfo=zone)
                for key in ("since", "until")
            ]
            given = window.get("notice_given_on")
            days = self.document.get("notice_days", 2)
            enough = given and (ends[0].date() - date.fromisoformat(given)).days >= days
            if enough or days == 0:
                found.append((int(ends[0].timestamp()), int(ends[1].timestamp())))
        return found

    def figure(self, part: Any, start: int, end: int) -> tuple[int, int, int, int]:
        """Return what was up, down, excused and not measured in [start, end)."""
        # An outage may reach out of the window: half a day on each side is enough here.
        instants = range(start - 43_200, min(end + 43_200, self.as_of), STEP)
        losses = [self.loss(part, instant) for instant in instants]
        self._drop_short(losses)
        up = down = excused = unmeasured = 0
        for instant, loss in zip(instants, losses, strict=True):
            if not start <= instant < end or not self.hours.is_open(instant // 60 * 60):
                continue
            covered = any(since <= instant < until for since, until in self.left_out)
            covered = covered or self.standing.is_open(instant // 60 * 60)
            if covered and self.document["formula"] == "(T-M-D)/(T-M)":
                excused += STEP * self.users
            elif loss is None:
                unmeasured += STEP * self.users
            else:
                affected, charged = loss
                charged = 0 if covered else charged
                up += STEP * (self.users - affected)
                down += STEP * charged
                excused += STEP * (affected - charged)
        return up, down, excused, unmeasured

    def _drop_short(self, losses: list[Loss]) -> None:
        least = _seconds(self.document.get("minimum_outage", "0s"))
        run: list[int] = []
        for place, loss in enumerate([*losses, (0, 0)]):
            if loss is not None and loss[0] > 0:
                run.append(place)
                continue
            if len(run) * STEP < least:
                for each in run:
                    losses[each] = (0, 0)
            run = []

    def loss(self, part: Any, instant: int) -> Loss:
        """Return what a component or a group loses at an instant."""
        if isinstance(part, str):
            return self._component(part, instant)
        ((how, parts),) = part.items()
        losses = [self.loss(each, instant) for each in parts]
        known = [loss for loss in losses if loss is not None]
        complete = len(known) == len(losses)
        if how == "serial":
            charged = min(self.users, sum(loss[1] for loss in known))
            affected = min(self.users, sum(loss[0] for loss in known))
            return (affected, charged) if complete or charged == self.users else None
        affected = min((loss[0] for loss in known), default=self.users)
        charged = min((loss[1] for loss in known), default=self.users)
        return (affected, charged) if complete or affected == 0 else None

    def _component(self, name: str, instant: int) -> Loss:
        rows = self.rows.get(name, [])
        if self.document["from"] == "outages":
            return self._from_outages(rows, instant)
        if self.document["from"] == "probes":
            status = self._from_probes(rows, instant)
        else:
            before = [row for row in rows if row[1] <= instant]
            status = max(before, key=lambda row: row[1])[2] if before else "unknown"
        excused = self.document.get("maintenance_state") == "excused"
        return {
            "up": (0, 0),
            "down": (self.users, self.users),
            "maintenance": (self.users, 0 if excused else self.users),
            "unknown": None,
        }[status]

    def _from_probes(self, rows: Sequence[Row], instant: int) -> str:
        interval = _seconds(self.document["interval"])
        slot = instant // interval
        seen = [row[2] for row in rows if row[1] // interval == slot and row[2] != "unknown"]
        if not seen:
            return "unknown"
        any_fails = self.document.get("several_probes") == "down-if-any-fails"
        is_down = "down" in seen if any_fails else "up" not in seen
        return "down" if is_down else "up"

    def _from_outages(self, rows: Sequence[Row], instant: int) -> Loss:
        if not self.any_row:
            return None
        affected = charged = 0
        for _, since, until, users, excused in rows:
            if since <= instant and (until is None or instant < until):
                weighed = self.document.get("weight") == "users"
                count = (self.users if users is None else users) if weighed else 1
                affected += count
                charged += 0 if excused else count
        return min(affected, self.users), min(charged, self.users)


def _seconds(text: str) -> int:
    return int(text[:-1]) * {"s": 1, "m": 60, "h": 3600}[text[-1]]
