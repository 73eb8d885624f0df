"""By when each party acts, what its silence means, and how the term ends."""

from collections.abc import Iterator

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import document_leaves_out
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.values import Severity


def _renews(wording: Wording) -> bool:
    return wording.terms.renewal is not None


def _relief_in_part(wording: Wording) -> Iterator[Spot]:
    keys = ("grounds", "claim_days", "decide_days", "unanswered")
    for key in keys:
        if wording.terms.relief and not wording.says("relief", key):
            yield Spot(
                f"relief.{key}",
                f"The rules for relief do not say their {key.replace('_', ' ')}.",
                "Write it out, as in relief: {grounds: [client-caused, force-majeure], "
                "claim_days: 10, decide_days: 10, unanswered: rejected}.",
            )


def _too_late(wording: Wording) -> Iterator[Spot]:
    renewal, term = wording.terms.renewal, wording.terms.in_force
    length = (term.until - term.from_).days
    if renewal and renewal.notice_days and renewal.notice_days >= length:
        yield Spot(
            "renewal.notice_days",
            f"Notice is due {renewal.notice_days} days before an end that comes {length} days "
            "after the beginning: it can never be given in time.",
            "Write fewer days of notice than the term has.",
        )


RULES = (
    Rule(
        "dealings.issue-unsaid",
        Severity.MINOR,
        "`statements` does not say by when a statement is issued",
        "A statement that may come at any time comes when it suits its author.",
        "ISO/IEC 20000-1:2018 9.4; contract practice (Node4)",
        document_leaves_out(
            "statements.issue_days",
            "It is not said by when a statement is issued.",
            "Write statements: {issue_days: 10}.",
        ),
    ),
    Rule(
        "dealings.dispute-unsaid",
        Severity.MAJOR,
        "`statements` does not say until when a statement can be disputed",
        "Without an end to disputes, a credit of three years ago is still an argument at renewal.",
        "Contract practice (Node4): claims within 21 business days",
        document_leaves_out(
            "statements.dispute_days",
            "It is not said until when a statement can be disputed.",
            "Write statements: {dispute_days: 20}.",
        ),
    ),
    Rule(
        "dealings.silence-unsaid",
        Severity.MAJOR,
        "`statements` does not say what an unanswered one counts as",
        "Silence is consent to the one who wrote the statement, and nothing to the one who did not "
        "read it.",
        "Contract practice; United Nations CISG, article 18: silence is no acceptance by itself",
        document_leaves_out(
            "statements.unanswered",
            "It is not said what an unanswered statement counts as.",
            "Write statements: {unanswered: attested} or disputed.",
        ),
    ),
    Rule(
        "dealings.relief-unsaid",
        Severity.MAJOR,
        "nothing says for which failures relief is given",
        "Then none is, by the words; and every month is argued by fairness instead.",
        "UK Model Services Contract; contract practice: claim, evidence, decision",
        document_leaves_out(
            "relief",
            "It is not said for which failures the provider has relief; there would be none.",
            "Write relief: {grounds: [client-caused, force-majeure], claim_days: 10, "
            "decide_days: 10, unanswered: rejected}.",
        ),
    ),
    Rule(
        "dealings.relief-in-part",
        Severity.MINOR,
        "`relief` leaves out its grounds, a number of days, or what silence means",
        "A claim that nobody answers is granted or refused by the clause that was not written.",
        "Contract practice: notice in writing, promptly",
        _relief_in_part,
    ),
    Rule(
        "dealings.renewal-unsaid",
        Severity.MAJOR,
        "nothing says what happens when the term ends",
        "A service that goes on after its term goes on at whose price, at which levels?",
        "ITIL 4, supplier management; COBIT 2019 APO10",
        document_leaves_out(
            "renewal",
            "It is not said what happens when the term ends.",
            "Write renewal: {renews: not, notice_days: 90}, or automatically with months.",
        ),
    ),
    Rule(
        "dealings.notice-unsaid",
        Severity.MAJOR,
        "`renewal` does not say by when notice is given",
        "The longest contracts are those that nobody ended in time.",
        "COBIT 2019 APO10; contract practice",
        document_leaves_out(
            "renewal.notice_days",
            "It is not said by when notice has to be given.",
            "Write notice_days: 90 in `renewal`.",
            _renews,
        ),
    ),
    Rule(
        "dealings.notice-beyond-term",
        Severity.MAJOR,
        "as many days of notice are asked for as the term has, or more",
        "A right that cannot be used in time is not there.",
        "Arithmetic of the term",
        _too_late,
    ),
)
