"""Sign-in is allauth's; accounts are made by an administrator, never by a visitor."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from tallystick.records.people import Person


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Refuse sign-up: both organisations' members are added by name."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False, always."""
        return False


def display_name(person: Person) -> str:
    """Return what allauth's messages call a person."""
    return person.name
