"""What waits for one person in one engagement: whose turn it is, and where to act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from tallystick.engine.guardrails.finding import Finding
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.agreements import Agreement
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Issue, IssueState
from tallystick.records.relief import ReliefClaim
from tallystick.records.roles import Duty
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.agreement_turns import may_sign
from tallystick.web.components.words import month
from tallystick.web.counts import counted
from tallystick.web.gate_words import gate_of
from tallystick.web.reviews_open import OpenReview

_LESSONS = frozenset({"LES001", "LES002"})
_PREPARING = frozenset({Stage.DEFINE, Stage.SELECT, Stage.AGREE, Stage.TRANSITION})


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing to do: a short sentence that is also the link's text."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Matters:
    """
    What decides whose turn it is in an engagement.

    `unreviewed` are issued statements without a review, newest first; `unissued` the measured
    windows that are over and have no statement; `unanswered` statements wait for the viewer's
    party, and so do disputed points of the `unsettled` ones; `undecided` claims of relief for the
    client; `findings` are empty for a provider; `proposal` is the version of the agreement that
    waits for signatures; `open_reviews` are mid-term and closing reviews that wait for the party,
    and `issues` those that it has to answer or to close; `risks_missing` says that the define gate
    waits for a first identification of risks.
    """

    engagement: Engagement
    unreviewed: Sequence[Statement] = ()
    unissued: Sequence[str] = ()
    findings: Sequence[Finding] = ()
    unanswered: Sequence[Statement] = ()
    unsettled: Sequence[Statement] = ()
    undecided: Sequence[ReliefClaim] = ()
    unacknowledged: int = 0
    has_agreement: bool = True
    proposal: Agreement | None = None
    open_reviews: Sequence[OpenReview] = ()
    issues: Sequence[Issue] = ()
    risks_missing: bool = False


def turns_of(viewer: Viewer, matters: Matters) -> list[Turn]:
    """Return what this person may and should do next, the most pressing first."""
    signing = [
        *_signing(viewer, matters),
        *_settling_issues(viewer, matters),
        *_open_reviews(viewer, matters),
    ]
    if not viewer.is_client:
        return [*signing, *_acknowledging(viewer, matters), *_answering(viewer, matters)]
    return [
        *signing,
        *_planning(viewer, matters),
        *_reviewing(viewer, matters),
        *_answering(viewer, matters),
    ]


def _signing(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    proposal = matters.proposal
    if proposal is not None and may_sign(viewer, proposal):
        url = reverse("agreement_sign", args=[proposal.public_id])
        yield Turn(f"Sign version {proposal.version} of the agreement", url)


def _settling_issues(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    if not viewer.may(Duty.SETTLE_ISSUE):
        return
    for verb, state in (("Answer", IssueState.OPEN), ("Close", IssueState.RESOLVED)):
        of_state = [each for each in matters.issues if each.state == state]
        if len(of_state) == 1:
            url = reverse("issue", args=[of_state[0].public_id])
            yield Turn(f"{verb} the issue “{of_state[0].title}”", url)
        elif of_state:
            url = f"{_page('issues', matters)}?state={state}"
            yield Turn(f"{verb} {counted(len(of_state), 'issue')}", url)


def _open_reviews(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    for each in matters.open_reviews:
        if viewer.may(each.duty):
            yield Turn(each.sentence, each.url)


def _acknowledging(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    if matters.unacknowledged and viewer.may(Duty.ACKNOWLEDGE):
        words = counted(matters.unacknowledged, "objective")
        yield Turn(f"Acknowledge {words}", _page("objective_brief", matters))


def _planning(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    if not viewer.may(Duty.PLAN_ENGAGEMENT):
        return
    gate = gate_of(matters.engagement, matters.findings, risks_missing=matters.risks_missing)
    lessons = sum(each.code in _LESSONS and not each.waived for each in matters.findings)
    others = sum(finding.code not in _LESSONS for finding in gate.blocking)
    page = _page("gate", matters)
    if lessons:
        yield Turn(f"Answer {counted(lessons, 'lesson')}", f"{page}#lessons")
    if others:
        yield Turn(f"Mend {counted(others, 'blocking finding')}", f"{page}#blocking")
    if gate.risks_missing:
        yield Turn("Identify the first risks", _page("risks", matters))
    if gate.provider_missing and not gate.blocking:
        yield Turn("Appoint the provider", f"{page}#provider")
    unagreed = gate.stage.reached(Stage.AGREE) and not (gate.last or matters.has_agreement)
    if unagreed and matters.proposal is None:
        yield Turn("Propose the agreement", _page("agreements", matters))
    elif gate.open and gate.stage in _PREPARING and not unagreed:
        yield Turn(f"Pass the {gate.stage} gate", page)


def _reviewing(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    if matters.unreviewed and viewer.may(Duty.HOLD_REVIEW):
        first = matters.unreviewed[0]
        url = reverse("review_hold", args=[first.public_id])
        if len(matters.unreviewed) == 1:
            yield Turn(f"Review the statement of {month(first.window)}", url)
        else:
            words = counted(len(matters.unreviewed), "statement")
            yield Turn(f"Review {words}", _page("statements", matters))
    if matters.unissued and viewer.may(Duty.ISSUE_STATEMENT):
        words = counted(len(matters.unissued), "statement")
        yield Turn(f"Issue {words}", _page("statements", matters))


def _answering(viewer: Viewer, matters: Matters) -> Iterable[Turn]:
    if matters.undecided and viewer.may(Duty.DECIDE_RELIEF):
        url = reverse("relief_claim", args=[matters.undecided[0].public_id])
        if len(matters.undecided) > 1:
            url = _page("relief_claims", matters)
        yield Turn(f"Decide {counted(len(matters.undecided), 'claim')} of relief", url)
    if viewer.may(Duty.ATTEST):
        yield from _settling(matters)
    if matters.unanswered and viewer.may(Duty.ATTEST):
        first = matters.unanswered[0]
        if len(matters.unanswered) == 1:
            url = reverse("statement", args=[first.public_id])
            yield Turn(f"Attest or dispute the statement of {month(first.window)}", url)
        else:
            words = counted(len(matters.unanswered), "statement")
            yield Turn(f"Attest or dispute {words}", _page("statements", matters))


def _settling(matters: Matters) -> Iterable[Turn]:
    if len(matters.unsettled) > 1:
        words = counted(len(matters.unsettled), "statement")
        url = _page("statements", matters) + "?stands=disputed"
        yield Turn(f"Reply to what is disputed in {words}", url)
    elif matters.unsettled:
        [one] = matters.unsettled
        url = reverse("statement", args=[one.public_id])
        yield Turn(f"Reply to what is disputed in {month(one.window)}", f"{url}#disputed")


def _page(name: str, matters: Matters) -> str:
    return reverse(name, args=[matters.engagement.public_id])
