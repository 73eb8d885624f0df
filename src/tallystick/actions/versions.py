"""What every way to an agreement asks: a provider, a free number, days that fit the others."""

from collections.abc import Sequence

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import VersionsOverlap
from tallystick.engine.service_levels.succession import Span, gaps_beside
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.engagements import Engagement


class TooEarlyForAgreement(Refusal):
    """There is no provider to agree with."""

    code = "agreement.too-early"


class NumberTaken(Refusal):
    """Another version, in force or not, has this number."""

    code = "agreement.number-taken"


class OtherAgreement(Refusal):
    """The document names another agreement than the versions that were signed before."""

    code = "agreement.other-id"


class OtherParty(Refusal):
    """The document names another client or provider than the engagement has."""

    code = "agreement.other-party"


class GapUnsaid(Refusal):
    """Between two versions no agreement would be in force, and nobody said so."""

    code = "agreement.gap-unsaid"


def demand_a_provider(engagement: Engagement) -> None:
    """
    Let only an engagement go on that has somebody to agree with.

    Raises:
        TooEarlyForAgreement
    """
    if Stage(engagement.stage) in {Stage.DEFINE, Stage.SELECT} or engagement.provider_id is None:
        raise TooEarlyForAgreement(
            f"The engagement is in its {engagement.stage} stage and has no provider to agree with.",
            remedy="Pass the select gate first.",
        )


def demand_parties(engagement: Engagement, terms: Terms) -> None:
    """
    Check that a document is between the two parties of the engagement.

    A legal form may follow the name: `Baltic Desk OÜ` is Baltic Desk.

    Raises:
        OtherParty
    """
    for place, named, party in (
        ("client", terms.client, engagement.client),
        ("provider", terms.provider, engagement.provider),
    ):
        if party is not None and not _is_named(party.name, named):
            raise OtherParty(
                f"The document names {named[:200]} as {place}; the {place} of this engagement is "
                f"{party.name}.",
                place=place,
                remedy=f"Write `{place}: {party.name}`.",
            )


def _is_named(name: str, named: str) -> bool:
    ours, theirs = (" ".join(each.casefold().split()) for each in (name, named))
    return theirs == ours or theirs.startswith((f"{ours} ", f"{ours},"))


def signed_versions(engagement: Engagement) -> list[Agreement]:
    """Return the versions that both parties signed, in force today or not."""
    return list(engagement.agreements.filter(state=AgreementState.IN_FORCE))


def demand_room(signed: Sequence[Agreement], terms: Terms) -> None:
    """
    Check that no day of a version belongs to another version as well.

    Raises:
        OtherAgreement, VersionsOverlap
    """
    ids = {each.document["id"] for each in signed}
    if ids and terms.id not in ids:
        known = sorted(ids)[-1]
        raise OtherAgreement(
            f"The document is of the agreement {terms.id}; {known} was signed before.",
            place="id",
            remedy=f"Write `id: {known}`: a version follows the one before it.",
        )
    for each in signed:
        term = terms.in_force
        if term.from_ < each.in_force_until and each.in_force_from < term.until:
            begins = term.from_ >= each.in_force_from
            raise VersionsOverlap(
                f"Version {each.version}, which both signed, is in force from "
                f"{each.in_force_from} up to {each.in_force_until}; the days overlap.",
                place="in_force.from" if begins else "in_force.until",
                remedy=f"Begin on {each.in_force_until}, where version {each.version} ends."
                if begins
                else f"End on {each.in_force_from}, where version {each.version} begins.",
            )


def gaps_of(signed: Sequence[Agreement], terms: Terms) -> list[Span]:
    """Return the spans beside a version in which no agreement would be in force."""
    others = [(each.in_force_from, each.in_force_until) for each in signed]
    return gaps_beside((terms.in_force.from_, terms.in_force.until), others)


def spelled(gaps: Sequence[Span]) -> list[list[str]]:
    """Return gaps as they are stored and entered."""
    return [[first.isoformat(), until.isoformat()] for first, until in gaps]


def demand_said(gaps: Sequence[Span], remedy: str) -> None:
    """
    Refuse a gap that nobody said out loud.

    Raises:
        GapUnsaid
    """
    if gaps:
        said = " and ".join(f"from {first} up to {until}" for first, until in gaps)
        raise GapUnsaid(f"No agreement would be in force {said}.", place="in_force", remedy=remedy)
