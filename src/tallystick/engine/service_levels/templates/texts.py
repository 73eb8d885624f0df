"""Agreements to begin with: complete documents, open only where the parties fill in their own."""

from collections.abc import Mapping
from importlib.resources import files

from tallystick.engine.refusals import Refusal

TEMPLATES: Mapping[str, str] = {
    "application-support": "Incidents, requests and availability of a business application",
    "infrastructure-operations": "Servers and networks: availability, incidents and changes",
    "service-desk": "Calls and tickets of users: answered, solved, and how satisfied they are",
    "software-development": "Deliverables on time, accepted, and with few defects",
}
"""The name of each template, and what it is for."""


class UnknownTemplate(Refusal):
    """There is no template of this name."""

    code = "template.unknown"


def template_text(name: str) -> str:
    """
    Return the YAML of a template, with its comments.

    Raises:
        UnknownTemplate
    """
    if name not in TEMPLATES:
        raise UnknownTemplate(
            f"there is no template {name!r}",
            place="template",
            remedy=f"Choose one of {', '.join(TEMPLATES)}.",
        )
    return files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
