"""How the demo's bidders stand, when their teams work and how, and what a pilot showed."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from tallystick.actions.agree_on_norm import agree_on_norm
from tallystick.actions.answer_norms import answer_norms
from tallystick.actions.link_norms import link_norms
from tallystick.actions.open_norms import open_norms
from tallystick.actions.record_pilot import Observation, PilotTold, record_pilot
from tallystick.actions.state_standing import Standing, record_certificate, state_standing
from tallystick.actions.state_team import TeamWays, state_team
from tallystick.cli.demo.bidders import ALDER, BALTIC, KESTREL, SUNDIAL
from tallystick.cli.demo.months import ZONE, Month, holidays
from tallystick.cli.demo.people import Cast
from tallystick.engine.scoring.norms import ITEMS
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection

OURS = "ours"

CERTIFICATES = (
    # bidder, certificate, months from now until it expires
    (BALTIC, "ISO/IEC 27001", 19),
    (BALTIC, "ISO/IEC 20000-1", 7),
    (KESTREL, "ISO/IEC 27001", 11),
    (ALDER, "ISO/IEC 27001", 26),
    (ALDER, "ISO 9001", -2),
    (SUNDIAL, "ISO/IEC 27001", 5),
)
STANDINGS = {
    BALTIC: ("0.11", "3.4", "Owned by those who founded it; four clients of our size."),
    KESTREL: ("0.04", "2.2", "Part of a group since last year; its accounts are audited."),
    ALDER: ("0.02", "4.1", "Debt-free, and grows slowly."),
}
"""The share of their revenue that would come from us, Altman's Z'', and a word on them."""

TEAMS = {
    OURS: (ZONE, "08:00", "17:00", "C2"),
    BALTIC: ("Europe/Warsaw", "07:00", "16:00", "C1"),
    KESTREL: ("Europe/London", "08:00", "16:30", "C1"),
    ALDER: (ZONE, "09:00", "18:00", "C2"),
}
"""Where each team's clock is, when it works, and how well it speaks German."""

ANSWERS = {
    # The points in the order of the questions, as each person gave them.
    OURS: ("6666454455", "6566464446", "7656455455", "6666354545"),
    BALTIC: ("5656454445", "6566364455", "6655455446"),
    KESTREL: ("3656344455", "4566454346", "3655455455"),
    ALDER: ("6426454454", "5436464455"),
}
"""How so many people of each team say they work, from 1 to 7; two of one team tell nothing."""

AGREED = "Whoever sees a risk writes it into the shared channel on the same day, by name."

PILOTS = {
    BALTIC: (
        "Staging of 20 laptops for one department",
        {
            "bad-news": (5, "Told us on the first morning that two images were broken."),
            "writing": (4, "A page for each step; the photographs were missing."),
            "asking": (4, "Three questions a day, all of them good."),
            "dates": (3, "The last two laptops came a day late, and we knew it the day before."),
        },
        "Would take this team again. The leads in the bid were those who came.",
    ),
    KESTREL: (
        "Packaging of five applications",
        {
            "bad-news": (3, "A failed package was told at the evening call, not before."),
            "writing": (4, "Every package came with its test."),
            "asking": (3, "Guessed twice where a question would have helped."),
            "dates": (5, "All five on the day."),
        },
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Writes down how the bidders stand and work, before anybody's scores are read."""

    cast: Cast
    now: Month

    def seen(self, selection: Selection, bids: dict[str, Bid]) -> None:
        """See certificates and accounts, ask the teams, and watch two of them at work."""
        self._standing(bids)
        self._hours(selection, bids)
        self._asked(selection, bids)
        for supplier, (task, seen, words) in PILOTS.items():
            day = self.now.plus(-1).at(11, 9)
            told = PilotTold(
                day.date(), task, {name: Observation(*each) for name, each in seen.items()}, words
            )
            record_pilot(
                bid=bids[supplier], pilot=told, by=self.cast.ada, as_of=day + timedelta(hours=8)
            )

    def _standing(self, bids: dict[str, Bid]) -> None:
        day = self.now.plus(-1).at(4, 9)
        for supplier, name, months in CERTIFICATES:
            record_certificate(
                bid=bids[supplier],
                name=name,
                valid_until=self.now.plus(months).day(15),
                by=self.cast.ada,
                as_of=day,
            )
        for supplier, (share, score, words) in STANDINGS.items():
            standing = Standing(our_share=Decimal(share), z_score=Decimal(score), standing=words)
            state_standing(bid=bids[supplier], standing=standing, by=self.cast.ada, as_of=day)

    def _hours(self, selection: Selection, bids: dict[str, Bid]) -> None:
        first = selection.engagement.starts_on
        off = [date.fromisoformat(day) for day in holidays(first, first + timedelta(days=364))]
        for team, (zone, begins, ends, level) in TEAMS.items():
            state_team(
                selection=selection,
                bid=bids.get(team),
                ways=TeamWays(
                    zone,
                    time.fromisoformat(begins),
                    time.fromisoformat(ends),
                    # The other land keeps its own days; those of New Year and Christmas are both's.
                    off if zone == ZONE else [day for day in off if day.month in {1, 12}],
                    "German",
                    level,
                ),
                by=self.cast.ada,
                as_of=self.now.plus(-1).at(5, 9),
            )

    def _asked(self, selection: Selection, bids: dict[str, Bid]) -> None:
        opened = self.now.plus(-1).at(5, 10)
        survey = open_norms(selection=selection, days=7, by=self.cast.ada, as_of=opened)
        for team, people in ANSWERS.items():
            for number, marks in enumerate(people, start=1):
                made = link_norms(
                    survey=survey,
                    bid=bids.get(team),
                    label=f"Person {number}",
                    by=self.cast.ada,
                    as_of=opened,
                )
                given = dict(zip(ITEMS, map(int, marks), strict=True))
                answer_norms(token=made.token, marks=given, as_of=opened + timedelta(days=number))
        agree_on_norm(
            bid=bids[KESTREL],
            item="bad-news",
            text=AGREED,
            by=self.cast.ada,
            as_of=self.now.plus(-1).at(13, 15),
        )
