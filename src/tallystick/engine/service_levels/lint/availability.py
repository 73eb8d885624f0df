"""What an availability leaves to whoever writes the monitor's data."""

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import level_leaves_out
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.terms.availability import MaintenanceState
from tallystick.engine.values import Severity


def _is_availability(clause: Clause) -> bool:
    return clause.level.availability is not None


def _excused(wording: Wording) -> list[Spot]:
    return [
        Spot(
            f"{clause.place}.availability.maintenance_state",
            f"{clause.name} excuses all that its data call maintenance, with or without notice.",
            "Write maintenance_state: needs-notice, and name the standing maintenance.",
        )
        for clause in wording.clauses
        if clause.level.availability
        and clause.level.availability.maintenance_state is MaintenanceState.EXCUSED
    ]


RULES = (
    Rule(
        "availability.maintenance-excuses-all",
        Severity.MAJOR,
        "the state `maintenance` in the data is excused without notice",
        "An outage that is called maintenance afterwards is no outage any more.",
        "Contract practice: planned maintenance counts as such with two days' notice",
        _excused,
    ),
    Rule(
        "availability.notice-unsaid",
        Severity.MINOR,
        "an availability does not say how many days ahead maintenance is announced",
        "Notice given in the evening for the night is notice, unless a number says otherwise.",
        "Contract practice: two days' notice",
        level_leaves_out(
            "availability.notice_days",
            "does not say how many days ahead maintenance is announced.",
            "Write notice_days, 2 say; 0 asks for no notice.",
            _is_availability,
        ),
    ),
    Rule(
        "availability.gaps-unsaid",
        Severity.MAJOR,
        "an availability does not say how much of a window must be measured",
        "A monitor that is down during an outage measures none. From how many gaps on is a month "
        "without a figure?",
        "Contract practice (First Data): failure to measure is a default",
        level_leaves_out(
            "availability.least_measured",
            "does not say how much of a window must be measured.",
            'Write least_measured: "95%", say.',
            _is_availability,
        ),
    ),
    Rule(
        "availability.components-unsaid",
        Severity.MAJOR,
        "an availability names no components",
        "Whatever the monitor lists is needed then: who adds or drops a probe moves the figure.",
        "ISO/IEC 20000-1:2018 8.7.1",
        level_leaves_out(
            "availability.components",
            "does not name the components that the service needs.",
            "Write components: {serial: [web, database]}, by the names in the data.",
            _is_availability,
        ),
    ),
)
