"""What a stored agreement says of statements and relief, without reading the whole of it."""

from tallystick.engine.service_levels.terms.dealings import ReliefTerms, StatementTerms
from tallystick.records.agreements import Agreement


def statement_terms(agreement: Agreement) -> StatementTerms:
    """Return how statements are answered; what the agreement leaves out is as usual."""
    return StatementTerms.model_validate(agreement.document.get("statements") or {})


def relief_terms(agreement: Agreement) -> ReliefTerms | None:
    """Return what may be relieved; None where nothing may."""
    said = agreement.document.get("relief")
    return ReliefTerms.model_validate(said) if said is not None else None


def zone_of(agreement: Agreement) -> str:
    """Return the zone whose days the agreement counts."""
    return str(agreement.document["zone"])
