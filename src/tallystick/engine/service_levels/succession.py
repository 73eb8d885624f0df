"""The terms of several versions -> the spans in which none of them is in force."""

from collections.abc import Iterable
from datetime import date

Span = tuple[date, date]
"""Days from the first up to the last, which is not included."""


def gaps_between(spans: Iterable[Span]) -> list[Span]:
    """Return the spans between others that none of them covers, in order."""
    gaps: list[Span] = []
    covered: date | None = None
    for first, until in sorted(spans):
        if covered is not None and first > covered:
            gaps.append((covered, first))
        covered = until if covered is None else max(covered, until)
    return gaps


def gaps_beside(span: Span, others: Iterable[Span]) -> list[Span]:
    """Return the gaps that lie directly before or after one span, among all."""
    first, until = span
    return [gap for gap in gaps_between([span, *others]) if gap[1] == first or gap[0] == until]
