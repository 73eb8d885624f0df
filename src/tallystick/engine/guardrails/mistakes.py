"""The forty classic mistakes of an outsourcing, and the guardrails that name them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """
    A classic mistake.

    The number's letter is its field: O objectives, S selection, C contract, G governance, R risk,
    D delivery, L lessons, X exit.
    """

    number: str
    name: str
    codes: tuple[str, ...]


MISTAKES: tuple[Mistake, ...] = (
    Mistake("O1", "objective-not-smart", ("OBJ001",)),
    Mistake("O2", "expectation-gap", ("OBJ002",)),
    Mistake("O3", "business-case-hollow", ("OBJ003",)),
    Mistake("S1", "too-few-bidders", ("SEL001",)),
    Mistake("S2", "references-not-called", ("SEL002",)),
    Mistake("S3", "criteria-moved", ("SEL003",)),
    Mistake("S4", "winners-curse", ("SEL004",)),
    Mistake("S5", "fragile-winner", ("SEL005",)),
    Mistake("S6", "scores-without-evidence", ("SEL006",)),
    Mistake("S7", "culture-untested", ("SEL007",)),
    Mistake("S8", "supplier-weak-or-dependent", ("SEL008",)),
    Mistake("S9", "bait-and-switch", ("SEL009",)),
    Mistake("C1", "clause-gap", ("AGR005",)),
    Mistake("C2", "sla-unmeasurable", ("AGR001",)),
    Mistake("C3", "sla-toothless", ("AGR006",)),
    Mistake("C4", "sla-unattainable", ("AGR002",)),
    Mistake("C5", "work-before-change", ("AGR007",)),
    Mistake("C6", "renewal-sleepwalk", ("AGR008",)),
    Mistake("C7", "shadow-subcontractor", ("AGR009",)),
    Mistake("C8", "credits-unclaimed", ("AGR010",)),
    Mistake("G1", "raci-hole", ("COM001",)),
    Mistake("G2", "escalation-gap", ("COM002",)),
    Mistake("G3", "steering-skipped", ("COM003",)),
    Mistake("G4", "talking-not-deciding", ("COM004",)),
    Mistake("G5", "transition-off-plan", ("DEL006",)),
    Mistake("G6", "demand-unmanaged", ("DEL007",)),
    Mistake("G7", "provider-echo-missing", ("COM005",)),
    Mistake("R1", "no-contingency-above-appetite", ("RSK001",)),
    Mistake("R2", "risk-stale", ("RSK002",)),
    Mistake("R3", "reserve-short", ("RSK003",)),
    Mistake("R4", "surprise-rate", ("RSK004",)),
    Mistake("D1", "green-but-wrong", ("DEL004", "DEL002")),
    Mistake("D2", "midterm-skipped", ("DEL005",)),
    Mistake("L1", "lesson-repeated", ("LES003",)),
    Mistake("L2", "lesson-orphaned", ("LES004", "LES001")),
    Mistake("X1", "exit-plan-missing", ("EXT001",)),
    Mistake("X2", "exit-gap", ("EXT002",)),
    Mistake("X3", "knowledge-hostage", ("EXT003",)),
    Mistake("X4", "lock-in-concentration", ("EXT004",)),
    Mistake("X5", "closed-with-loose-ends", ("EXT005",)),
)
