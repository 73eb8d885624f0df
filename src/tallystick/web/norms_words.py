"""Teams and how they say they work, in words for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tallystick.engine.scoring.norms import FEWEST_ANSWERS, ITEMS, NormsCompared
from tallystick.records.bids import Bid
from tallystick.records.delivery_teams import DeliveryTeam
from tallystick.records.norms import NormsLink, NormsMeasure, NormsSurvey, norms_of
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer
from tallystick.web.bid_frames import evidence_at
from tallystick.web.components.words import ABSENT
from tallystick.web.counts import counted

WIDE = 10
"""Points of 100 from which on two teams should talk; the guardrail's own threshold by default."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One point on which two teams were asked, ready to draw."""

    item: str
    low: str
    high: str
    ours: str
    theirs: str
    points: str
    spread: str
    wide: bool
    measure: NormsMeasure | None


@dataclass(frozen=True, slots=True)
class TeamPart:
    """One team of a selection: its hours, its links, and what its answers say."""

    name: str
    url: str
    hours: str
    links: Sequence[tuple[NormsLink, str]]
    result: str

    @property
    def links_words(self) -> str:
        """Return how many links there are: "4 links"."""
        return counted(len(self.links), "link")


def gap_rows(compared: NormsCompared, measures: dict[str, NormsMeasure]) -> list[GapRow]:
    """Return the gaps of two teams, the widest first."""
    return [
        GapRow(
            item=each.item,
            low=ITEMS[each.item][0],
            high=ITEMS[each.item][1],
            ours=tenths(each.ours),
            theirs=tenths(each.theirs),
            points=str(int(each.points)),
            spread=f"{int(each.our_spread)} and {int(each.their_spread)}",
            wide=each.points > WIDE,
            measure=measures.get(each.item),
        )
        for each in compared.gaps
    ]


def tenths(figure: Fraction) -> str:
    """Write a median with one decimal where it has any."""
    whole = figure.numerator // figure.denominator
    rest = int((figure - whole) * 10)
    return f"{whole}.{rest}" if rest else str(whole)


def hours_words(team: DeliveryTeam | None) -> str:
    """Write a team's hours, its holidays and its language."""
    if team is None:
        return ABSENT
    parts = [f"{team.begins:%H:%M} to {team.ends:%H:%M}, {team.zone}"]
    parts.append(counted(len(team.holidays), "holiday"))
    if team.language or team.level:
        parts.append(" ".join(filter(None, [team.language, team.level])))
    return ", ".join(parts)


def result_words(compared: NormsCompared | None) -> str:
    """Say what a bidder's team and ours told together."""
    if compared is None:
        return "Told once the round is over"
    if not compared.comparable:
        return (
            f"Too few answers to tell: {compared.ours} of ours, {compared.theirs} of theirs; "
            f"{FEWEST_ANSWERS} of each are the least"
        )
    wide = sum(each.points > WIDE for each in compared.gaps)
    return f"More than {WIDE} of 100 apart on {wide} of {counted(len(compared.gaps), 'point')}"


def teams_of(
    viewer: Viewer,
    selection: Selection,
    survey: NormsSurvey | None,
    bids: Sequence[Bid],
    now: datetime,
) -> list[TeamPart]:
    """Return our own team and that of each bid that is in."""
    own = DeliveryTeam.objects.visible_to(viewer).filter(selection=selection)
    teams = {each.bid_id: each for each in own}
    links: dict[int | None, list[tuple[NormsLink, str]]] = {}
    if survey:
        made = NormsLink.objects.visible_to(viewer).filter(survey=survey)
        for each in made.select_related("survey", "made_by").order_by("id"):
            links.setdefault(each.bid_id, []).append((each, each.standing_at(now)))
    found = norms_of(survey, bids, now) if survey else {}
    ours = next(iter(found.values()), None)
    answers = counted(ours.ours, "answer") if ours else ""
    parts = [
        TeamPart("Our own team", "", hours_words(teams.get(None)), links.get(None, ()), answers)
    ]
    for bid in bids:
        said = result_words(found.get(bid.pk)) if survey else ""
        at = evidence_at(bid, "together")
        parts.append(
            TeamPart(bid.name, at, hours_words(teams.get(bid.pk)), links.get(bid.pk, ()), said)
        )
    return parts
