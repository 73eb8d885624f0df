"""The provider's delivery lead says that the delivery team knows of a change."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.acknowledge_objective import word_on
from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.echoes import Echo, Echoes, EchoKind
from tallystick.records.objectives import Objective
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class AlreadyEchoed(Refusal):
    """The delivery lead has said so already."""

    code = "echo.already-given"


class NothingToEcho(Refusal):
    """A version that nobody signed is not in force for anybody."""

    code = "echo.not-in-force"


@transaction.atomic
def echo_change(
    *, what: Objective | Agreement, words: str = "", by: Viewer, as_of: datetime
) -> Echo:
    """
    Record the delivery lead's word on the present wording of an objective, or on an agreement.

    Where nobody of the provider had acknowledged the objective, this does it too: nobody is asked
    for one thing twice.

    Raises:
        NotPermitted, AlreadyEchoed, NothingToEcho, TextTooLong
    """
    require(by, Duty.ECHO)
    engagement = what.engagement
    held_engagement(engagement.pk)
    echo = Echo(
        engagement=engagement,
        words=checked(words, "words", needed=False),
        echoed_at=as_of,
        echoed_by=by.person,
    )
    about = _objective(echo, what, by, as_of) if isinstance(what, Objective) else _of(echo, what)
    echo.save()
    enter(
        echo,
        f"The delivery team knows {about}, says its lead.",
        action="echo_change",
        payload={"kind": echo.kind, "of": what.public_id, "version": echo.version,
                 "words": echo.words},
        chain=engagement,
        by=by,
        as_of=as_of,
    )  # fmt: skip
    keep_findings_in([engagement], as_of, by=by)
    return echo


def _objective(echo: Echo, objective: Objective, by: Viewer, as_of: datetime) -> str:
    objective.refresh_from_db(fields=["version", "statement"])
    known = Echoes.of([objective.engagement])
    for change in known.changes(objective.engagement, [objective], [], None, as_of.date()):
        if change.word is not None:
            raise _already(change.word.by.name)
    echo.kind, echo.objective, echo.version = EchoKind.OBJECTIVE, objective, objective.version
    if not objective.acknowledgements.filter(version=objective.version).exists():
        word_on(objective, by, as_of)
    return f"the objective “{objective.statement}” (version {objective.version})"


def _of(echo: Echo, agreement: Agreement) -> str:
    agreement.refresh_from_db(fields=["state"])
    if agreement.state != AgreementState.IN_FORCE:
        raise NothingToEcho(
            f"Version {agreement.version} of the agreement is {agreement.state}.",
            place="agreement",
            remedy="Wait until both parties have signed it.",
        )
    given = Echo.objects.filter(agreement=agreement).select_related("echoed_by").first()
    if given:
        raise _already(given.echoed_by.name)
    echo.kind, echo.agreement, echo.version = EchoKind.AGREEMENT, agreement, agreement.version
    return f"version {agreement.version} of the agreement"


def _already(name: str) -> AlreadyEchoed:
    return AlreadyEchoed(
        f"{name} has given the delivery team's word on this version.",
        place="of",
        remedy="Nothing needs doing; a new version will ask again.",
    )
