"""What is known of the demo's two leading bidders: calls, past work, and who would come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tallystick.actions.name_member import Member, name_member
from tallystick.actions.need_skill import need_skill
from tallystick.actions.plan_reference import Referee, plan_reference
from tallystick.actions.record_call import Call, record_call
from tallystick.actions.record_case import CaseTold, record_case
from tallystick.cli.demo.bidders import BALTIC, KESTREL
from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.engine.scoring.calls import QUESTIONS
from tallystick.records.bids import Bid
from tallystick.records.references import ReferenceSource, Relationship
from tallystick.records.selections import Selection

FOUND, ENDED = ReferenceSource.FOUND, Relationship.ENDED
LIVE, NOMINATED = Relationship.LIVE, ReferenceSource.NOMINATED

Called = tuple[str, str, ReferenceSource, Relationship, int, int, str, str]
"""Supplier, its client, who chose it, how it stands, how alike, the mark, again, the words."""

CALLS: Sequence[Called] = (
    (BALTIC, "Hafen Logistik", NOMINATED, LIVE, 90, 5, "yes", "They call before we notice."),
    (BALTIC, "Stadtwerke Elbe", FOUND, LIVE, 70, 4, "yes", "Good people; the invoices took care."),
    (BALTIC, "Nord Textil", FOUND, ENDED, 60, 4, "yes", "They left us a tidy wiki."),
    (KESTREL, "Alpin Bank", NOMINATED, LIVE, 80, 5, "yes", "On time for three years."),
    (KESTREL, "Seehandel", NOMINATED, LIVE, 50, 3, "unsure", "Their second team was slow."),
)  # fmt: skip
SKILLS = (("Device staging", 4, 2), ("Packaging of software", 3, 1))
TEAMS = {
    BALTIC: ("Marta Zawadzka", {"Device staging": 5, "Packaging of software": 4}),
    KESTREL: ("Owen Pryce", {"Device staging": 4, "Packaging of software": 2}),
}


@dataclass(frozen=True, slots=True)
class Referees:
    """Keeps what was found out about bidders."""

    cast: Cast
    now: Month

    def asked(self, selection: Selection, bids: dict[str, Bid]) -> None:
        """Call clients of both, record a past case of each, and name who would come."""
        self.called(CALLS, bids)
        self._shown(selection, bids)

    def called(self, calls: Sequence[Called], bids: dict[str, Bid]) -> None:
        """Call clients of bidders."""
        day = self.now.plus(-1).at(8, 9)
        for supplier, client, source, relationship, alike, mark, again, said in calls:
            ended_on = self.now.plus(-9).first if relationship is ENDED else None
            reference = plan_reference(
                bid=bids[supplier],
                referee=Referee(
                    client,
                    source=source,
                    relationship=relationship,
                    similarity=alike,
                    ended_on=ended_on,
                ),
                by=self.cast.ada,
                as_of=day,
            )
            record_call(
                reference=reference,
                call=Call(day.date(), dict.fromkeys(QUESTIONS, mark), again, said=said),
                by=self.cast.ada,
                as_of=day + timedelta(hours=1),
            )

    def _shown(self, selection: Selection, bids: dict[str, Bid]) -> None:
        """Say which skills are needed, what two bidders have done, and who would come."""
        day = self.now.plus(-1).at(8, 9)
        for skill, level, people in SKILLS:
            need_skill(
                selection=selection,
                skill=skill,
                level=level,
                people=people,
                by=self.cast.ada,
                as_of=day,
            )
        for supplier, (name, levels) in TEAMS.items():
            self._member(bids[supplier], Member(name, "Lead of the field service", levels))

    def _member(self, bid: Bid, member: Member) -> None:
        day = self.now.plus(-1).at(9, 9)
        case = CaseTold(
            "A utility of 2,000 people",
            "Devices of all sites, from staging to return.",
            self.now.plus(-40).first,
            self.now.plus(-4).first,
            evidence="Its head of workplace, by telephone.",
        )
        record_case(bid=bid, case=case, by=self.cast.ada, as_of=day)
        name_member(bid=bid, member=member, by=self.cast.ada, as_of=day)
