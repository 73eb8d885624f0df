"""What the demo's client finds out about the bidders of the running competition."""

from dataclasses import dataclass

from tallystick.cli.demo.months import Month
from tallystick.cli.demo.people import Cast
from tallystick.cli.demo.referees import Referees
from tallystick.cli.demo.ways import Ways
from tallystick.records.bids import Bid
from tallystick.records.selections import Selection


@dataclass(frozen=True, slots=True)
class Known:
    """Asks their clients, looks at how they stand, and sees their teams at work."""

    cast: Cast
    now: Month

    def find_out(self, selection: Selection, bids: dict[str, Bid]) -> None:
        """Keep all that is known of the bidders besides their bids."""
        Referees(self.cast, self.now).asked(selection, bids)
        Ways(self.cast, self.now).seen(selection, bids)
