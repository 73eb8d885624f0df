"""SEL006: scores that nobody could defend."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.selection import Selection
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted, percent, plain
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.scoring.concordance import kendalls_w


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report scores without evidence, too few evaluators, disagreement, undeclared interests."""
    selection = snapshot.selection
    if selection is None or not selection.scores:
        return
    bare = [number for number, each in enumerate(selection.scores) if not each.evidence]
    share = Fraction(len(bare), len(selection.scores))
    if share > policy.scores_without_evidence:
        yield Violation(
            f"selection.scores[{bare[0]}].evidence",
            f"{len(bare)} of {len(selection.scores)} scores, {percent(share)}, have no evidence; "
            f"{percent(Fraction(policy.scores_without_evidence))} is the most.",
            "Write beside each score what in the bid it rests on.",
        )
    evaluators = {each.evaluator for each in selection.scores}
    if len(evaluators) < policy.fewest_evaluators:
        yield Violation(
            "selection.evaluators",
            f"{counted(len(evaluators), 'evaluator')} scored; "
            f"{policy.fewest_evaluators} are the least.",
            "Let further people score, each by themselves, before they talk.",
        )
    yield from _apart(selection, policy, as_of)
    yield from _undeclared(selection, as_of)


def _apart(selection: Selection, policy: Policy, as_of: date) -> Iterator[Violation]:
    agreement = kendalls_w(totals(selection))
    if agreement is None or past(selection.moderated_on, as_of):
        return
    if agreement < policy.concordance:
        yield Violation(
            "selection.moderated_on",
            f"The evaluators agree on the order of bids with W = {plain(agreement)}; below "
            f"{plain(policy.concordance)} an average hides the dispute.",
            "Hold a moderation, record its day and what it changed.",
        )


def totals(selection: Selection) -> list[list[Fraction]]:
    """Return each bid's weighted total by each evaluator who scored all of it, bids in order."""
    weights = {each.id: Fraction(each.weight) for each in selection.criteria}
    scored = {
        (each.evaluator, each.bid, each.criterion): Fraction(each.score)
        for each in selection.scores
    }
    cells = sorted({(bid, criterion) for _, bid, criterion in scored})
    bids = sorted({bid for bid, _ in cells})
    return [
        [
            sum(
                (
                    scored[evaluator, bid, criterion] * weights.get(criterion, Fraction(1))
                    for whose, criterion in cells
                    if whose == bid
                ),
                Fraction(0),
            )
            for bid in bids
        ]
        for evaluator in sorted({evaluator for evaluator, _, _ in scored})
        if all((evaluator, bid, criterion) in scored for bid, criterion in cells)
    ]


def _undeclared(selection: Selection, as_of: date) -> Iterator[Violation]:
    for number, each in enumerate(selection.evaluators):
        if not past(each.interests_declared_on, as_of):
            yield Violation(
                f"selection.evaluators[{number}].interests_declared_on",
                f"Evaluator {each.name} has not declared any interests, or that there are none.",
                "Have every evaluator sign a declaration of interests before scoring.",
            )


GUARDRAIL = Guardrail(
    code="SEL006",
    title="scores-without-evidence",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "scores are recorded and more than 10 % of them lack evidence (policy: "
        "scores_without_evidence), fewer than 3 people scored (policy: fewest_evaluators), "
        "Kendall's "
        "W over the weighted totals of those who scored everything is below 0.5 and no moderation "
        "is recorded (policy: concordance), or a listed evaluator has declared no interests"
    ),
    rationale=(
        "An award is only as good as the file that explains it to the loser and to the audit."
    ),
    source="UK Sourcing Playbook (evaluation); Kendall and Babington Smith 1939",
    remedy="Complete the evaluation file before the award is made.",
    detect=detect,
)
