"""Roles and duties -> who may do what."""

from docpages.tables import NOTE, table
from tallystick.records.roles import MAY, Duty, Role, Side


def roles_page() -> str:
    """Return docs/reference/roles.md."""
    return f"""{NOTE}
# Roles and duties

A person belongs to one organisation in one role. What a role may *see* follows from the
organisation ([who sees what](../explanation/who-sees-what.md)); what it may *do* follows from its
duties. An act without the duty is refused with `not-permitted`, on a page, in the REST interface
and on the command line alike.

## Roles of the client

{_table(Side.CLIENT)}
The auditor reads everything of the client's and writes nothing.

## Roles of a provider

{_table(Side.PROVIDER)}"""


def _table(side: Side) -> str:
    roles = [role for role in Role if role.side is side]
    duties = [duty for duty in Duty if any(role in MAY[duty] for role in roles)]
    return table(
        ("Duty", *(role.value.replace("-", " ") for role in roles)),
        [(duty.value, *("yes" if role in MAY[duty] else "" for role in roles)) for duty in duties],
    )
