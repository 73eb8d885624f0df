"""The clauses that each regime demands of a contract, by their place in the law."""

from collections.abc import Iterator

from tallystick.engine.guardrails.parts.contract import Clause, Regime

DORA = {
    "30(2)(a)": "description of the services, and whether subcontracting is allowed",
    "30(2)(b)": "places of service and data, and notice of a change",
    "30(2)(c)": "protection of data",
    "30(2)(d)": "access to data, their recovery and return",
    "30(2)(e)": "service levels",
    "30(2)(f)": "help with an incident, at no cost or at one agreed before",
    "30(2)(g)": "cooperation with authorities",
    "30(2)(h)": "termination rights and notice",
    "30(2)(i)": "security awareness and resilience training",
}
DORA_CRITICAL = {
    "30(3)(a)": "precise quantitative and qualitative targets",
    "30(3)(b)": "notice of developments that may touch the service",
    "30(3)(c)": "contingency plans, their tests, and security measures",
    "30(3)(d)": "threat-led penetration tests",
    "30(3)(e)": "access, inspection and audit",
    "30(3)(f)": "exit with a transition period",
}
GDPR = {
    "28(3)(a)": "processing on documented instructions only",
    "28(3)(b)": "confidentiality of the people who process",
    "28(3)(c)": "security of processing (article 32)",
    "28(3)(d)": "conditions for further processors",
    "28(3)(e)": "help with the rights of data subjects",
    "28(3)(f)": "help with articles 32 to 36",
    "28(3)(g)": "deletion or return of data",
    "28(3)(h)": "information and audits",
}
NIS2 = {
    "5.1.4(a)": "security requirements",
    "5.1.4(b)": "awareness, skills and training of employees",
    "5.1.4(c)": "verification of employees' background",
    "5.1.4(d)": "notice of incidents without undue delay",
    "5.1.4(e)": "audit, or audit reports",
    "5.1.4(f)": "handling of vulnerabilities",
    "5.1.4(g)": "subcontracting",
    "5.1.4(h)": "return and disposal of information at the end",
}


def demanded(regime: Regime, critical: bool) -> dict[str, str]:
    """Return the clauses that a regime demands, by their place; DORA wants more if critical."""
    if regime is Regime.DORA:
        return DORA | DORA_CRITICAL if critical else DORA
    return GDPR if regime is Regime.GDPR else NIS2


def not_listed(regime: Regime, critical: bool, matrix: list[Clause]) -> Iterator[str]:
    """Yield the places of the clauses that a regime demands and a matrix does not list."""
    listed = {each.clause.replace(" ", "") for each in matrix if each.required_by == regime}
    yield from (place for place in demanded(regime, critical) if place not in listed)
