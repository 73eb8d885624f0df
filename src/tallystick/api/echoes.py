"""Echo: what changed, and the word of the provider's delivery lead on it."""

from datetime import UTC, date, datetime

from tallystick.actions.echo_change import echo_change
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, OptionalWords, Out
from tallystick.records.agreements import Agreement
from tallystick.records.echoes import Change, EchoKind, changes_known
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective

operations = Operations(tags=["Governance"])


class EchoWord(Out):
    """Who of the delivery team gave the word, and what it changes for the team."""

    at: datetime
    by: str
    words: str


class EchoableOut(Out):
    """A wording of an objective or a version of the agreement; `word` is null while it waits."""

    kind: EchoKind
    of: str
    subject: str
    version: int
    changed_on: date
    word: EchoWord | None


class EchoesOut(Out):
    """Everything that the delivery lead is asked about."""

    changes: list[EchoableOut]


class EchoChange(In):
    """Which change the team knows: the id of the objective or the agreement, as `of` gave it."""

    kind: EchoKind
    of: Id
    words: OptionalWords = ""


def _out(change: Change) -> EchoableOut:
    word = change.word
    return EchoableOut(
        kind=change.kind,
        of=change.what.public_id,
        subject=change.subject,
        version=change.version,
        changed_on=change.changed_on,
        word=EchoWord(at=word.at, by=word.by.name, words=word.words) if word else None,
    )


@operations.reads("/engagements/{engagement_id}/echoes", "echoes", EchoesOut)
def echoes(request: ViewerRequest, engagement_id: str) -> EchoesOut:
    """Return what the delivery lead is asked about, and the word on it where it is there."""
    engagement = find(Engagement, request.viewer, engagement_id, "provider")
    return _known(engagement)


def _known(engagement: Engagement) -> EchoesOut:
    known = changes_known(engagement, datetime.now(UTC).date())
    return EchoesOut(changes=[_out(each) for each in known])


@operations.acts("/engagements/{engagement_id}/echoes/give", "echo_change", EchoesOut, status=201)
def give(request: ViewerRequest, engagement_id: str, given: EchoChange) -> EchoesOut:
    """Say, as the delivery lead, that the team knows of a change."""
    engagement = find(Engagement, request.viewer, engagement_id, "provider")
    noun: type[Objective | Agreement] = Objective if given.kind is EchoKind.OBJECTIVE else Agreement
    what = named(noun, request.viewer, given.of, "engagement", place="of", within=engagement)
    echo_change(what=what, words=given.words, by=request.viewer, as_of=datetime.now(UTC))
    return _known(engagement)
