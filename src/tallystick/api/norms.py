"""Working norms: ask delivery teams by links, read what came of it, agree; and teams' hours."""

from datetime import UTC, date, datetime, time
from typing import Literal

from django.urls import reverse
from pydantic import Field

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.link_norms import link_norms, revoke_norms_link
from tallystick.actions.open_norms import close_norms, open_norms
from tallystick.actions.state_team import TeamWays, state_team
from tallystick.api.bid_evidence import FOLLOWED, bid_of
from tallystick.api.evidence_values import DeliveryTeamOut, NormsOut, TogetherOut
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.together_values import norms_out, team_out, together_out
from tallystick.api.values import Clock, Id, In, Line, OptionalLine, Out, Words
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bids import Bid, standing_bids
from tallystick.records.delivery_teams import Cefr, DeliveryTeam
from tallystick.records.norms import NormsLink, NormsSurvey, norms_of
from tallystick.records.selection_evidence import together_of
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Working norms"])


class NormsLinkOut(Out):
    """A link; `bid` is empty for our own team. Its address was told once."""

    id: str
    bid: str | None
    label: str
    made_at: datetime
    standing: str = Field(description="open, used, revoked or over.")


class NormsTeamOut(Out):
    """The team of a bid beside ours; `norms` is empty until the round is over."""

    bid: str
    supplier: str
    hours: DeliveryTeamOut | None
    norms: NormsOut | None


class NormsRound(Out):
    """The newest round of a selection, its links, and what the teams said."""

    id: str | None
    opened_at: datetime | None
    closes_at: datetime | None
    is_over: bool | None
    items: dict[str, tuple[str, str]]
    our_hours: DeliveryTeamOut | None
    links: list[NormsLinkOut]
    teams: list[NormsTeamOut]


class NewNormsLink(Out):
    """A link as it was made; the address is told this once."""

    id: str
    address: str


class OpenNorms(In):
    """For how many days teams can answer."""

    days: int = Field(ge=1, le=60)


class LinkNorms(In):
    """Whose team the link is for, by the id of its bid, or our own; and for whom."""

    bid: Id | None = None
    label: OptionalLine = Field("", max_length=80)


class AgreeOnNorm(In):
    """What was agreed about one pair of habits."""

    item: Literal[tuple(ITEMS)]  # type: ignore[valid-type]
    text: Words = Field(max_length=2_000)


class StateTeam(In):
    """When and in which language a team works, in its own time zone."""

    zone: Line = Field(max_length=60)
    begins: Clock
    ends: Clock = Field(description="Before the beginning means on the next day.")
    holidays: list[date] = Field([], max_length=400)
    language: OptionalLine = Field("", max_length=40)
    level: Cefr | None = None

    def ways(self) -> TeamWays:
        """Return what was given."""
        hours = {name: time.fromisoformat(getattr(self, name)) for name in ("begins", "ends")}
        return TeamWays(**self.model_dump() | hours | {"level": self.level or ""})


def _selection(request: ViewerRequest, selection_id: str) -> Selection:
    return find(Selection, request.viewer, selection_id, "client", "engagement")


def _round(viewer: Viewer, selection: Selection) -> NormsRound:
    now = datetime.now(UTC)
    rounds = NormsSurvey.objects.visible_to(viewer).filter(selection=selection)
    survey = rounds.order_by("-opened_at", "-id").first()
    bids = standing_bids(selection)
    own = DeliveryTeam.objects.visible_to(viewer).filter(selection=selection)
    hours = {each.bid_id: team_out(each) for each in own}
    links = NormsLink.objects.visible_to(viewer).filter(survey=survey).order_by("id")
    found = norms_of(survey, bids, now) if survey else {}
    return NormsRound(
        id=survey.public_id if survey else None,
        opened_at=survey.opened_at if survey else None,
        closes_at=survey.closes_at if survey else None,
        is_over=survey.is_over(now) if survey else None,
        items=dict(ITEMS),
        our_hours=hours.get(None),
        links=[_link(each, now) for each in links.select_related("survey", "bid")],
        teams=[
            NormsTeamOut(
                bid=each.public_id,
                supplier=each.supplier.name,
                hours=hours.get(each.pk),
                norms=norms_out(found[each.pk], {}) if each.pk in found else None,
            )
            for each in bids
        ],
    )


def _link(row: NormsLink, now: datetime) -> NormsLinkOut:
    return NormsLinkOut(
        id=row.public_id,
        bid=row.bid.public_id if row.bid else None,
        label=row.label,
        made_at=row.made_at,
        standing=row.standing_at(now),
    )


@operations.reads("/selections/{selection_id}/working-norms", "norms", NormsRound)
def norms(request: ViewerRequest, selection_id: str) -> NormsRound:
    """Return the newest round; what teams said once it is over, of three answers or more."""
    return _round(request.viewer, _selection(request, selection_id))


@operations.acts(
    "/selections/{selection_id}/working-norms/open", "open_norms", NormsRound, status=201
)
def open_(request: ViewerRequest, selection_id: str, given: OpenNorms) -> NormsRound:
    """Open a round for our own delivery team and those of the bidders."""
    selection = _selection(request, selection_id)
    open_norms(selection=selection, days=given.days, by=request.viewer, as_of=datetime.now(UTC))
    return _round(request.viewer, selection)


def _found(request: ViewerRequest, norms_id: str) -> NormsSurvey:
    return find(NormsSurvey, request.viewer, norms_id, "client", "selection__engagement")


@operations.acts("/working-norms/{norms_id}/close", "close_norms", NormsRound)
def close(request: ViewerRequest, norms_id: str) -> NormsRound:
    """Close a round before its last day."""
    survey = _found(request, norms_id)
    close_norms(survey=survey, by=request.viewer, as_of=datetime.now(UTC))
    return _round(request.viewer, survey.selection)


@operations.acts("/working-norms/{norms_id}/links", "link_norms", NewNormsLink, status=201)
def link(request: ViewerRequest, norms_id: str, given: LinkNorms) -> NewNormsLink:
    """Make a link for one person of a delivery team."""
    survey = _found(request, norms_id)
    bid = given.bid and named(Bid, request.viewer, given.bid, *FOLLOWED, place="bid")
    made = link_norms(
        survey=survey,
        bid=bid or None,
        label=given.label,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    address = request.build_absolute_uri(reverse("norms_answer", args=[made.token]))
    return NewNormsLink(id=made.link.public_id, address=address)


@operations.acts("/norms-links/{norms_link_id}/revoke", "revoke_norms_link", NormsLinkOut)
def revoke(request: ViewerRequest, norms_link_id: str) -> NormsLinkOut:
    """Revoke a link; an answer that was given stays."""
    found = find(NormsLink, request.viewer, norms_link_id, "survey__selection__engagement")
    now = datetime.now(UTC)
    return _link(revoke_norms_link(link=found, by=request.viewer, as_of=now), now)


@operations.acts("/bids/{bid_id}/working-norms/agree", "agree_on_norm", TogetherOut)
def agree(request: ViewerRequest, bid_id: str, given: AgreeOnNorm) -> TogetherOut:
    """Write down how both teams will work on a point on which they differ."""
    bid, now = bid_of(request, bid_id), datetime.now(UTC)
    agree_on_norm(bid=bid, item=given.item, text=given.text, by=request.viewer, as_of=now)
    return together_out(together_of(bid.selection, bid, now))


@operations.acts("/bids/{bid_id}/team/state", "state_bid_team", DeliveryTeamOut)
def bid_team(request: ViewerRequest, bid_id: str, given: StateTeam) -> DeliveryTeamOut:
    """Say when and in which language the bidder's team works."""
    bid = bid_of(request, bid_id)
    return _team(request, bid.selection, bid, given)


@operations.acts("/selections/{selection_id}/team/state", "state_own_team", DeliveryTeamOut)
def own_team(request: ViewerRequest, selection_id: str, given: StateTeam) -> DeliveryTeamOut:
    """Say when and in which language our own team works."""
    return _team(request, _selection(request, selection_id), None, given)


def _team(
    request: ViewerRequest, selection: Selection, bid: Bid | None, given: StateTeam
) -> DeliveryTeamOut:
    kept = state_team(
        selection=selection,
        bid=bid,
        ways=given.ways(),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return team_out(kept)
