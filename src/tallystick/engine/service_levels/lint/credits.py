"""What failing costs: critical levels, verdicts that are credited, and grounds for termination."""

from collections.abc import Iterator

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import document_leaves_out, level_leaves_out
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.terms.level import LevelClass
from tallystick.engine.values import Severity


def _is_critical(clause: Clause) -> bool:
    return clause.level.class_ is LevelClass.CRITICAL


def _costs(clause: Clause) -> bool:
    return clause.level.credit is not None or clause.level.severity is not None


def _without_price(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        if _is_critical(clause) and not _costs(clause):
            yield Spot(
                f"{clause.place}.credit",
                f"{clause.name} is critical, and nothing follows when it fails.",
                "Give it a `credit` or a `severity`, or write class: key-measurement.",
            )


def _nothing_at_stake(wording: Wording) -> Iterator[Spot]:
    if wording.terms.credits and not any(_costs(clause) for clause in wording.clauses):
        yield Spot(
            "credits",
            "The agreement has rules for credits, and no service level has one.",
            "Give critical service levels a `credit`, or leave `credits` out.",
        )


def _trigger_matters(clause: Clause) -> bool:
    credit = clause.level.credit
    shared = credit is not None and (credit.allocation or credit.weight) is not None
    return shared and clause.level.minimum is not None


def _has_part_months(wording: Wording) -> bool:
    term = wording.terms.in_force
    return wording.terms.charges is not None and (term.from_.day, term.until.day) != (1, 1)


def _has_credits(wording: Wording) -> bool:
    return wording.terms.credits is not None


RULES = (
    Rule(
        "credits.critical-without-credit",
        Severity.MAJOR,
        "a critical service level has neither a credit nor severity points",
        "“Critical” is what carries a credit; the word alone obliges nobody.",
        "Contract practice (Health Net; Alsbridge): only critical levels carry weight and credit",
        _without_price,
    ),
    Rule(
        "credits.critical-without-minimum",
        Severity.MAJOR,
        "a critical service level has no minimum",
        "Without a floor, a month at 94.9 % and a month at 40 % are the same failure at the same "
        "price.",
        "State of Texas DIR, exhibit 3: expected and minimum",
        level_leaves_out(
            "minimum",
            "is critical and has no minimum: a near miss and a collapse are one.",
            "Write minimum, below the target: what must never be missed.",
            _is_critical,
        ),
    ),
    Rule(
        "credits.nothing-at-stake",
        Severity.MAJOR,
        "there are `credits`, and no service level has a credit or severity points",
        "An amount at risk that nothing can touch looks like a remedy, and is none.",
        "Contract practice (Alsbridge 2010)",
        _nothing_at_stake,
    ),
    Rule(
        "credits.trigger-unsaid",
        Severity.MAJOR,
        "a level with a minimum has an allocation or a weight, and no trigger says whether below "
        "expected is credited",
        "The client reads the target as the line, the provider the minimum; the months in between "
        "are most of those that are ever in dispute.",
        "State of Texas DIR, exhibit 3",
        level_leaves_out(
            "credit.trigger",
            "does not say whether a figure between minimum and target is credited.",
            "Write trigger: missed or below-expected in its `credit`.",
            _trigger_matters,
        ),
    ),
    Rule(
        "credits.not-measured-unsaid",
        Severity.MAJOR,
        "there are credits, and `not_measured` does not say what a month without a figure costs",
        "Whoever writes the export can lose it. If silence is free, a bad month is never reported.",
        "Contract practice (First Data): failure to measure or report is a default",
        document_leaves_out(
            "credits.not_measured",
            "It is not said what a month without sufficient data costs; it would cost nothing.",
            "Write not_measured: counts-as-missed or no-credit in `credits`.",
            _has_credits,
        ),
    ),
    Rule(
        "credits.termination-unsaid",
        Severity.MAJOR,
        "no failure is a ground for termination",
        "Without one, a client can only pay for failure less, for ever; and a court decides what "
        "was bad enough.",
        "Contract practice (NAIC/Cognizant, Health Net, Voya)",
        document_leaves_out(
            "credits.terminations",
            "No failure, however often, gives the client the right to end the agreement.",
            "Write terminations in `credits`, such as - consecutive: {times: 3}.",
        ),
    ),
    Rule(
        "credits.part-month-unsaid",
        Severity.MINOR,
        "the term begins or ends inside a month, and `part_month` is not stated",
        "Half a month at a full charge doubles every credit of it.",
        "Contract practice (Node4): part months pro rata",
        document_leaves_out(
            "charges.part_month",
            "The term holds part of a month, and it is not said what is charged for it.",
            "Write part_month: pro-rata or full in `charges`.",
            _has_part_months,
        ),
    ),
)
