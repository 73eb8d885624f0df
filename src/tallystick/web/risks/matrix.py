"""The matrix of chance and impact: for triage, and what it hides."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render

from tallystick.engine.risk import Bands, disagreements
from tallystick.engine.risk.triage import SIDE
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Staffing
from tallystick.records.risk_prices import risk_of
from tallystick.records.risk_registers import risks_for
from tallystick.web.components.words import number, percent
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risk_words import whole
from tallystick.web.risks.frames import risks_around
from tallystick.web.risks.register import line_of

_BANDS = Bands()
_LETTERS = {"L": "low", "M": "medium", "H": "high"}


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show open risks by chance and impact, and pairs of one cell that differ."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today, staffing = datetime.now(UTC).date(), Staffing([engagement])
    risks = [each for each in risks_for(request.viewer, engagement) if each.is_open]
    priced = {each.public_id: each for each in risks if each.assessed}
    apart = disagreements(risk_of(k, each.assessed["residual"]) for k, each in priced.items())
    cells: dict[tuple[int, int], list[object]] = {}
    for each in priced.values():
        chance, impact = each.assessed["residual"]["cell"]
        cells.setdefault((chance, impact), []).append(line_of(each, today, staffing))
    rows = [
        (
            chance_words(chance),
            [
                (
                    impact_words(impact),
                    _LETTERS[_BANDS.levels[chance - 1][impact - 1]],
                    cells.get((chance, impact), []),
                )
                for impact in range(1, SIDE + 1)
            ],
        )
        for chance in range(SIDE, 0, -1)
    ]
    shown = {
        "rows": rows,
        "heads": [impact_words(each) for each in range(1, SIDE + 1)],
        "apart": [
            (
                priced[each.smaller],
                whole(priced[each.smaller].expected, priced[each.smaller].currency),
                priced[each.larger],
                whole(priced[each.larger].expected, priced[each.larger].currency),
                f"{float(each.factor):.1f}",
            )
            for each in apart
        ],
        "currency": next((each.currency for each in priced.values()), ""),
        "unpriced": [each for each in risks if not each.assessed],
    }
    return render(request, "risks/matrix.html", risks_around(request, engagement) | shown)


def chance_words(band: int) -> str:
    """Name a band of chance."""
    if band == SIDE:
        return f"More than {percent(_BANDS.chances[-1], 0)}"
    return f"Up to {percent(_BANDS.chances[band - 1], 0)}"


def impact_words(band: int) -> str:
    """Name a band of impact."""
    if band == SIDE:
        return f"More than {number(int(_BANDS.impacts[-1]))}"
    return f"Up to {number(int(_BANDS.impacts[band - 1]))}"
