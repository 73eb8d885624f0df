"""Admit organisations and people: done by whoever runs the installation, at its command line."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.engine.refusals import Refusal
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.people import Person
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer


class SideMismatch(Refusal):
    """An organisation is a client or a provider, not both."""

    code = "person.side-mismatch"


class AlreadyAdmitted(Refusal):
    """One address is one person."""

    code = "person.already-admitted"


class WeakPassword(Refusal):
    """The password is easy to guess."""

    code = "person.weak-password"


class BadAddress(Refusal):
    """The e-mail address is not one."""

    code = "person.bad-address"


def _demand_a_new_sound_person(person: Person, password: str) -> None:
    if Person.objects.filter(email__iexact=person.email).exists():
        raise AlreadyAdmitted(
            f"{person.email} belongs to a person already.",
            place="email",
            remedy="Use another address.",
        )
    try:
        validate_email(person.email)
    except ValidationError as problem:
        raise BadAddress(
            f"{person.email!r} is not an e-mail address.",
            place="email",
            remedy="Give an address such as ada@example.org.",
        ) from problem
    try:
        validate_password(password, user=person)
    except ValidationError as problem:
        raise WeakPassword(
            " ".join(problem.messages),
            place="password",
            remedy="Choose a longer phrase that is not your name or address.",
        ) from problem


@transaction.atomic
def admit_person(
    *,
    name: str,
    email: str,
    password: str,
    organisation: str,
    role: Role,
    as_of: datetime,
) -> Person:
    """
    Create a person and the membership; the organisation is made on first mention.

    Raises:
        AlreadyAdmitted, BadAddress, WeakPassword, SideMismatch
    """
    person = Person(email=email.lower(), name=name)
    _demand_a_new_sound_person(person, password)
    home, _ = Organisation.objects.get_or_create(name=organisation, defaults={"side": role.side})
    if home.side != role.side:
        raise SideMismatch(
            f"{organisation} is a {home.side}; {role.value} is a role of a {role.side.value}.",
            place="role",
            remedy="Name another organisation or another role.",
        )
    person.set_password(password)
    person.save()
    membership = Membership.objects.create(person=person, organisation=home, role=role, since=as_of)
    enter(
        membership,
        f"Admitted {name} as {role.value.replace('-', ' ')}, at the command line.",
        action="admit_person",
        payload={"email": person.email, "role": role},
        chain=home,
        # Whoever runs the installation is no person of either party; the newcomer stands for it.
        by=Viewer(person=person, organisation=home, role=role),
        as_of=as_of,
    )
    enter(
        membership,
        f"Admitted {name} as {role.value.replace('-', ' ')} of {organisation}.",
        action="admit_person",
        payload={"email": person.email, "role": role, "organisation": home.public_id},
        chain=None,
        by=None,
        as_of=as_of,
    )
    return person
