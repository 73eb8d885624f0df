"""The one interface object: every noun's operations under /api/."""

from tallystick.api import (
    agreements,
    dispositions,
    engagements,
    gates,
    guardrails,
    history,
    imports,
    items,
    lessons,
    measurements,
    notes,
    objectives,
    reviews,
    statements,
    viewers,
)
from tallystick.api.interface import Interface
from tallystick.api.problems import answer_problems
from tallystick.api.reference import Reference
from tallystick.api.routing import StrictParser
from tallystick.api.session import Session

NOUNS = (
    viewers,
    engagements,
    gates,
    objectives,
    agreements,
    imports,
    measurements,
    items,
    statements,
    reviews,
    lessons,
    dispositions,
    guardrails,
    notes,
    history,
)

session = Session()
api = Interface(
    title="Tallystick",
    version="1",
    description="What the pages show and do, for programs: the same audiences, the same figures.",
    urls_namespace="api",
    docs=Reference(),
    auth=session,
    parser=StrictParser(),
)
session.api = api
answer_problems(api)
for noun in NOUNS:
    api.add_router("", noun.operations)
