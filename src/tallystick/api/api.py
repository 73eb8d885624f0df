"""The one interface object: every noun's operations under /api/."""

from tallystick.api import (
    agreements,
    answers,
    availability,
    calendars,
    credit_ledger,
    credits,
    dispositions,
    disputes,
    distributions,
    drafts,
    engagements,
    findings,
    gates,
    guardrails,
    history,
    imports,
    items,
    ledgers,
    lesson_effect,
    lesson_registers,
    lessons,
    levels,
    measurements,
    notes,
    objectives,
    outlooks,
    packs,
    policies,
    ratings,
    rehearsals,
    relief,
    reviews,
    statements,
    surveys,
    templates,
    viewers,
    waivers,
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
    findings,
    waivers,
    objectives,
    agreements,
    drafts,
    rehearsals,
    calendars,
    imports,
    levels,
    outlooks,
    measurements,
    distributions,
    items,
    availability,
    credits,
    statements,
    templates,
    answers,
    disputes,
    relief,
    credit_ledger,
    reviews,
    packs,
    ratings,
    surveys,
    lesson_effect,
    lesson_registers,
    lessons,
    dispositions,
    guardrails,
    policies,
    notes,
    history,
    ledgers,
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
