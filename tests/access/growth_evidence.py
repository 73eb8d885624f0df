"""More evidence about a bidder, made directly: what its page must bear."""

from datetime import timedelta

from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid, Certificate, Supplier
from tallystick.records.engagements import Engagement
from tallystick.records.norms import NormsAnswer, NormsLink, NormsMeasure, NormsSurvey
from tallystick.records.references import Reference
from tallystick.records.viewer import Viewer
from tests.bidding import FOURS, MIDDLE
from tests.cast import TODAY


def grow_evidence(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add one more of everything to the first bid of the engagement's client."""
    bid = Bid.objects.filter(client=engagement.client, team__isnull=False).earliest("id")
    own = {"client": bid.client, "bid": bid}
    for called_on, interviewer in ((None, None), (TODAY.date(), by.person)):
        key = f"grown{number}{called_on or ''}"
        Reference.objects.create(
            **own,
            organisation=f"Grown {key}",
            key=key,
            source="found",
            relationship="ended",
            similarity=50,
            planned_at=TODAY,
            called_on=called_on,
            interviewer=interviewer,
            marks=FOURS if called_on else {},
        )
    PastCase.objects.create(
        **own,
        customer=f"Grown {number}",
        scope="s",
        scale=10,
        similarity=10,
        from_on=TODAY.date(),
        role="sub",
        outcome="kept",
        recorded_at=TODAY,
    )
    BidMember.objects.create(
        **own, name=f"Grown {number}", levels={f"Skill {number}": 4}, named_at=TODAY
    )
    NeededSkill.objects.create(
        client=bid.client,
        selection=bid.selection,
        skill=f"Skill {number}",
        level=4,
        needed_since=TODAY,
    )
    Certificate.objects.create(
        client=bid.client, supplier=bid.supplier, name=f"Grown {number}", seen_at=TODAY
    )
    _norms(bid, number, by)
    _another_bid(bid, number)


def _norms(bid: Bid, number: int, by: Viewer) -> None:
    asked = NormsSurvey.objects.filter(selection=bid.selection).latest("opened_at")
    over = NormsSurvey.objects.create(
        client=bid.client,
        selection=bid.selection,
        opened_at=TODAY - timedelta(days=2),
        opened_by=by.person,
        closes_at=TODAY,
    )
    for survey in (asked, over):
        for team in (None, bid):
            NormsLink.objects.create(
                client=bid.client,
                survey=survey,
                bid=team,
                label=f"Grown {number}",
                token_hash=f"{survey.pk:020d}{number:020d}{team.pk if team else 0:020d}",
                made_at=TODAY,
                made_by=by.person,
            )
            for _ in range(3):
                NormsAnswer.objects.create(survey=survey, bid=team, marks=MIDDLE)
    if number < len(ITEMS):
        NormsMeasure.objects.update_or_create(
            bid=bid,
            item=list(ITEMS)[number],
            defaults={
                "client": bid.client,
                "text": f"Grown {number}",
                "agreed_at": TODAY,
                "agreed_by": by.person,
            },
        )


def _another_bid(bid: Bid, number: int) -> None:
    supplier = Supplier.objects.create(
        client=bid.client, name=f"Grown {number}", key=f"grown{number}", kept_at=TODAY
    )
    Bid.objects.create(
        client=bid.client,
        selection=bid.selection,
        supplier=supplier,
        price=1,
        received_at=TODAY,
    )
