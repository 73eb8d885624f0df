"""What operations give of two teams side by side: hours, holidays, norms, the pilot."""

from fractions import Fraction

from tallystick.api.evidence_values import (
    DeliveryTeamOut,
    HolidayClashes,
    HoursTogether,
    NormsGapOut,
    NormsOut,
    TogetherOut,
    pilot_out,
)
from tallystick.engine.scoring.norms import ITEMS, NormsCompared
from tallystick.engine.scoring.overlap import Clashes, Overlap
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.norms import NormsMeasure
from tallystick.records.selection_evidence import Together


def together_out(found: Together) -> TogetherOut:
    """Return how two teams would work together."""
    return TogetherOut(
        norms_on=found.survey.closes_at if found.survey else None,
        norms=norms_out(found.norms, found.measures) if found.norms else None,
        our_team=team_out(found.ours) if found.ours else None,
        their_team=team_out(found.theirs) if found.theirs else None,
        overlap=_hours(found.overlap) if found.overlap else None,
        clashes=_clashes(found.clashes) if found.clashes else None,
        pilot=pilot_out(found.pilot) if found.pilot else None,
    )


def team_out(row: DeliveryTeam) -> DeliveryTeamOut:
    """Return when a team works."""
    return DeliveryTeamOut(
        zone=row.zone,
        begins=f"{row.begins:%H:%M}",
        ends=f"{row.ends:%H:%M}",
        holidays=sorted(row.days_off),
        language=row.language,
        level=row.level,
    )


def norms_out(compared: NormsCompared, measures: dict[str, NormsMeasure]) -> NormsOut:
    """Return two teams' answers, the widest gap first."""
    return NormsOut(
        ours=compared.ours,
        theirs=compared.theirs,
        gaps=[
            NormsGapOut(
                item=each.item,
                first=ITEMS[each.item][0],
                second=ITEMS[each.item][1],
                ours=float(each.ours),
                theirs=float(each.theirs),
                points=_short(each.points),
                our_spread=_short(each.our_spread),
                their_spread=_short(each.their_spread),
                agreed=measures[each.item].text if each.item in measures else "",
            )
            for each in compared.gaps
        ],
    )


def _hours(overlap: Overlap) -> HoursTogether:
    return HoursTogether(
        least=_short(overlap.least),
        median=_short(overlap.median),
        most=_short(overlap.most),
        days=overlap.days,
    )


def _clashes(found: Clashes) -> HolidayClashes:
    return HolidayClashes(
        only_ours=list(found.only_ours),
        only_theirs=list(found.only_theirs),
        both=list(found.both),
    )


def _short(figure: Fraction) -> float:
    return int(figure * 100) / 100
