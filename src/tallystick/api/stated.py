"""What a statement says beside its figures, as the interface gives it."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from pydantic import Field

from tallystick.api.credits import Money
from tallystick.api.values import Out
from tallystick.engine.service_levels.credits import LineKind
from tallystick.engine.service_levels.dealings.answers import PointState, Stance, Task
from tallystick.engine.service_levels.dealings.difference import Cause
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.relief import ClaimState
from tallystick.engine.service_levels.terms.dealings import ReliefGround
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.roles import Side


class PositionOut(Out):
    """What a party says of a statement; `by_silence` if its days ended without its own answer."""

    side: Side
    party: str
    answer: Stance
    since: datetime | None
    by_silence: bool


class TurnOut(Out):
    """Whose turn it is, to do what, since when; `until` is the last day, null without a limit."""

    side: Side
    party: str
    task: Task
    since: datetime
    until: date | None


class StandingOut(Out):
    """What a statement counts as now; until `until` a silent party may still dispute it."""

    counts_as: Stance
    until: date
    is_over: bool
    positions: list[PositionOut]
    turns: list[TurnOut]


class FileOut(Out):
    """An evidence file; `address` hands out its bytes to both parties."""

    id: str
    file_name: str
    size: int
    digest: str
    address: str


class ReplyOut(Out):
    """A party's words on a disputed point."""

    id: str
    side: Side
    text: str
    replied_at: datetime
    replied_by: str
    files: list[FileOut]


class ClosingOut(Out):
    """The last word on a disputed point, of the party that raised it."""

    text: str
    closed_at: datetime
    closed_by: str


class DisputeOut(Out):
    """
    One point that a party does not accept, and what was said of it since, oldest first.

    It is `settled` too by its party's attestation, and by a restatement; `closed` is null then.
    """

    id: str
    side: Side
    measurement: str
    service_level: str
    item: str
    component: str
    since: datetime | None
    until: datetime | None
    what_is_wrong: str
    should_be: str
    disputed_at: datetime
    disputed_by: str
    files: list[FileOut] = Field(description="The evidence beside it.")
    state: PointState
    closed: ClosingOut | None
    replies: list[ReplyOut]


class ReadingOut(Out):
    """A figure; `value` is null where nothing was decided, which is neither 0 nor 1."""

    numerator: int
    denominator: int
    pending: int
    relieved: int
    excluded: int
    verdict: Verdict
    unit: Unit
    value: str | None


class FigureChangeOut(Out):
    """A service level that fared otherwise; null where it was not measured at all."""

    service_level: str
    window: str
    before: ReadingOut | None
    after: ReadingOut | None
    causes: list[Cause]


class CreditChangeOut(Out):
    """A credit that is another one; `service_level` is empty for the whole month."""

    service_level: str
    kind: LineKind
    currency: str
    before: Money
    after: Money
    causes: list[Cause]


class StatementDifferenceOut(Out):
    """In what two readings of a window differ, and why."""

    figures: list[FigureChangeOut]
    credits: list[CreditChangeOut]


class ClaimOut(Out):
    """
    A claim of relief, and what it counts as now; `by_silence` if nobody decided it in time.

    One that is `withdrawn` was taken back by the provider that made it, as `decided_by` tells.
    Either `items` are claimed, or the time from `since` until `until`.
    """

    id: str
    service_level: str
    window: str
    ground: ReliefGround
    what_happened: str
    items: list[str]
    component: str
    since: datetime | None
    until: datetime | None
    state: ClaimState
    by_silence: bool
    decide_until: date
    reason: str
    decided_at: datetime | None
    decided_by: str
    claimed_at: datetime
    claimed_by: str
    files: list[FileOut]


def file_out(values: dict[str, Any]) -> FileOut:
    """Return an evidence file with its address."""
    return FileOut(**values, address=reverse("evidence_file", args=[values["id"]]))


def dispute_out(values: dict[str, Any]) -> DisputeOut:
    """Return a disputed point."""
    replies = [ReplyOut(**_with_files(each, ReplyOut)) for each in values["replies"]]
    return DisputeOut(**_with_files(values, DisputeOut) | {"replies": replies})


def claim_out(values: dict[str, Any]) -> ClaimOut:
    """Return a claim of relief."""
    return ClaimOut(**_with_files(values, ClaimOut))


def _with_files(values: dict[str, Any], out: type[Out]) -> dict[str, Any]:
    same = {name: values[name] for name in out.model_fields}
    return same | {"files": [file_out(each) for each in values["files"]]}
