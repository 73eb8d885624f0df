"""What the world's client knows about a bidder: one of each kind of evidence."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.answer_norms import answer_norms
from tallystick.actions.link_norms import link_norms
from tallystick.actions.name_member import Member, name_member
from tallystick.actions.need_skill import need_skill
from tallystick.actions.open_norms import open_norms
from tallystick.actions.record_case import CaseTold, record_case
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.engine.scoring.calls import BEHAVIOURS
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bids import Bid
from tallystick.records.norms import NormsSurvey
from tallystick.records.selections import Selection
from tallystick.records.viewer import Viewer
from tests.bidding import a_bid, a_reference, a_selection, a_team, called
from tests.cast import TODAY

Token = Callable[[str], str]


def a_competition(lead: Viewer, token: Token) -> Bid:
    """Return the bid of a competition of the lead's own."""
    selection = a_selection(lead, name=token("Competed"), scope=token("Scope"))
    return a_bid(selection, lead, token("Bidder"))


def furnish_evidence(token: Token, bid: Bid, lead: Viewer) -> dict[str, str]:
    """Give a bid one of everything; return the ids by the name they have in addresses."""
    selection = bid.selection
    planned = a_reference(bid, lead, token("Planned"), contact=token("Contact"))
    called(a_reference(bid, lead, token("Referee"), source="found"), lead, said=token("Said"))
    told = CaseTold(token("Customer"), token("Case"), date(2024, 1, 1), evidence=token("Shown"))
    case = record_case(bid=bid, case=told, by=lead, as_of=TODAY)
    skill = need_skill(selection=selection, skill=token("Skill"), level=4, by=lead, as_of=TODAY)
    member = name_member(
        bid=bid,
        member=Member(token("Member"), token("Role"), {skill.skill: 5}),
        by=lead,
        as_of=TODAY,
    )
    state_standing(bid=bid, standing=Standing(standing=token("Standing")), by=lead, as_of=TODAY)
    record_certificate(bid=bid, name=token("Certificate"), by=lead, as_of=TODAY)
    seen = {name: Observation(4, token("Seen")) for name in BEHAVIOURS}
    pilot = PilotTold(TODAY.date(), token("Task"), seen, token("Words"))
    record_pilot(bid=bid, pilot=pilot, by=lead, as_of=TODAY)
    a_team(selection, None, "Europe/Berlin", lead)
    a_team(selection, bid, "Asia/Kolkata", lead, language=token("Language"))
    agree_on_norm(bid=bid, item=next(iter(ITEMS)), text=token("Agreed"), by=lead, as_of=TODAY)
    return {
        "evidence_selection_id": selection.public_id,
        "evidence_bid_id": bid.public_id,
        "reference_id": planned.public_id,
        "case_id": case.public_id,
        "member_id": member.public_id,
        "skill_id": skill.public_id,
    } | _norms(token, selection, bid, lead)


def _norms(token: Token, selection: Selection, bid: Bid, lead: Viewer) -> dict[str, str]:
    # Pages read the clock: a round that is open today was opened today.
    now = datetime.now(UTC)
    known = NormsSurvey.objects.filter(selection=selection).first()
    survey = known or open_norms(selection=selection, days=60, by=lead, as_of=now)
    open_one, used = (
        link_norms(survey=survey, bid=bid, label=token("Label"), by=lead, as_of=now)
        for _ in range(2)
    )
    answer_norms(token=used.token, marks=dict.fromkeys(ITEMS, 2), as_of=now)
    return {
        "norms_id": survey.public_id,
        "norms_link_id": open_one.link.public_id,
        "norms_token": open_one.token,
    }
