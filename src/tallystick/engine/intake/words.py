"""The words that exports of common service desks use for columns and states."""

import re
import unicodedata

from tallystick.engine.signals import Status
from tallystick.engine.values import State

# English, Spanish, Italian and German; ServiceNow, Jira, Zammad, Frappe and GLPI among them.
# The more telling word of a column comes first.
COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "item": (
        "number", "sr number", "case id", "incident number", "incident id", "ticket number",
        "ticket id", "issue key", "key", "ticket", "incident", "case", "item", "item id",
        "external id", "id", "nummer", "ticketnummer", "vorgang", "numero", "numero ticket",
        "numero de incidencia", "incidencia", "caso", "segnalazione", "richiesta", "name",
    ),
    "at": (
        "timestamp", "complete timestamp", "time timestamp", "changed at", "change time",
        "updated at", "at", "time", "utc", "event time", "datetime", "date", "sys updated on",
        "zeitstempel", "zeitpunkt", "geandert", "fecha", "fecha de cambio", "marca de tiempo",
        "data ora", "data evento", "modificato",
    ),
    "opened": (
        "opened at", "sys created on", "created at", "created", "opened", "creation",
        "opening date", "open date", "date opened", "reported at", "opening time", "date",
        "erstellt", "erstellt am", "eroffnet", "angelegt", "abierto", "apertura", "creado",
        "fecha de apertura", "fecha de creacion", "aperto", "aperto il", "data apertura",
        "data di apertura", "creato",
    ),
    "responded": (
        "responded", "responded at", "first response", "first response at", "first responded on",
        "first response time", "taken into account", "acknowledged at", "work start",
        "erste antwort", "erstreaktion", "angenommen", "primera respuesta", "atendido",
        "prima risposta", "presa in carico",
    ),
    "resolved": (
        "resolved at", "resolved", "resolution date", "resolution time", "solved at", "solvedate",
        "solved", "resolutiondate", "date resolved", "gelost", "gelost am", "behoben", "resuelto",
        "fecha de resolucion", "risolto", "risolto il", "data risoluzione", "data di risoluzione",
    ),
    "closed": (
        "closed at", "closed", "close date", "closedate", "closing date", "close at",
        "date closed", "geschlossen", "geschlossen am", "cerrado", "cierre", "fecha de cierre",
        "chiuso", "chiusura", "chiuso il", "data chiusura", "data di chiusura",
    ),
    "hold_from": (
        "hold from", "on hold since", "on hold from", "hold start", "begin waiting date",
        "wartet seit", "en espera desde", "in attesa dal",
    ),
    "hold_until": ("hold until", "on hold until", "hold end", "wartet bis", "en espera hasta"),
    "state": (
        "state", "status", "incident state", "activity", "sub status", "substatus", "new state",
        "to state", "new value", "concept name", "ticket state", "zustand", "aktivitat", "estado",
        "actividad", "stato", "attivita",
    ),
    "priority": (
        "priority", "severity", "urgency", "seriousness", "seriousness 2", "prioritat", "prioridad",
        "priorita", "gravita", "dringlichkeit", "urgencia", "urgenza",
    ),
    "customer": ("customer", "company", "account", "organization", "kunde", "cliente", "client"),
    "component": (
        "component", "component name", "service name", "host", "hostname", "host name", "monitor",
        "monitor name", "check", "check name", "endpoint", "node", "device", "target", "url",
        "configuration item", "ci", "application", "system", "service", "komponente", "dienst",
        "system name", "componente", "servicio", "sistema", "servizio",
    ),
    "since": (
        "down since", "outage start", "downtime start", "since", "start", "start time",
        "started at", "from", "begin", "beginn", "von", "seit", "inicio", "desde", "inizio",
    ),
    "until": (
        "up again", "outage end", "downtime end", "restored at", "until", "end", "end time",
        "ended at", "to", "ende", "bis", "fin", "hasta", "fine",
    ),
    "users": (
        "users affected", "affected users", "impacted users", "users", "betroffene benutzer",
        "benutzer", "usuarios afectados", "usuarios", "utenti coinvolti", "utenti",
    ),
    "excused": ("excused", "excluded", "entschuldigt", "excluido", "escluso"),
    "category": ("category", "service", "kategorie", "categoria", "service type", "tipo"),
}  # fmt: skip

_STATE_WORDS: dict[State, tuple[str, ...]] = {
    State.NEW: (
        "new", "open", "opened", "queued", "awaiting assignment", "to do", "registered", "neu",
        "offen", "nuevo", "abierto", "nuovo", "aperto", "insert ticket", "created", "incoming",
        "reopened", "assign seriousness",
    ),
    State.IN_PROGRESS: (
        "in progress", "assigned", "accepted", "work in progress", "active", "processing",
        "processing assigned", "replied", "take in charge ticket", "in bearbeitung", "zugewiesen",
        "en curso", "en progreso", "asignado", "in corso", "in lavorazione", "assegnato",
        "preso in carico", "acknowledged",
    ),
    State.ON_HOLD: (
        "on hold", "pending", "waiting", "wait", "wait user", "wait customer", "wait vendor",
        "wait implementation", "waiting for customer", "awaiting user info", "pending reminder",
        "wartend", "wartet", "en espera", "pendiente", "in attesa", "sospeso", "paused",
        "waiting for support", "pending close",
    ),
    State.RESOLVED: (
        "resolved", "solved", "done", "in call", "resolve ticket", "gelost", "behoben", "resuelto",
        "solucionado", "risolto", "completed", "fixed",
    ),
    State.CLOSED: ("closed", "geschlossen", "cerrado", "chiuso", "complete"),
    State.CANCELLED: (
        "cancelled", "canceled", "rejected", "withdrawn", "duplicate", "storniert", "abgebrochen",
        "cancelado", "anulado", "annullato", "merged",
    ),
}  # fmt: skip
_STATUS_WORDS: dict[Status, tuple[str, ...]] = {
    Status.UP: (
        "up", "ok", "success", "successful", "operational", "available", "reachable", "healthy",
        "passed", "online", "verfugbar", "disponible", "disponibile",
    ),
    Status.DOWN: (
        "down", "fail", "failed", "failure", "critical", "outage", "unavailable", "unreachable",
        "error", "offline", "major outage", "ausfall", "caido", "no disponible", "guasto",
    ),
    Status.MAINTENANCE: (
        "maintenance", "under maintenance", "scheduled maintenance", "wartung", "mantenimiento",
        "manutenzione",
    ),
    Status.UNKNOWN: ("unknown", "invalid", "n a", "no data", "unbekannt", "desconocido"),
}  # fmt: skip
_STATUS_OF = {word: status for status, words in _STATUS_WORDS.items() for word in words}
_STATE_OF = {word: state for state, words in _STATE_WORDS.items() for word in words}


def plain(text: str) -> str:
    """Return lower case without accents; signs are single spaces, camelCase is taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    letters = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def rank_of(header: str, meaning: str) -> int | None:
    """Return how telling a header is for a meaning, 0 being the most; None if it is not."""
    words = COLUMN_WORDS[meaning]
    name = plain(header)
    return words.index(name) if name in words else None


def state_of(value: str) -> State | None:
    """Return the state that a raw value is usually mapped to, if there is one."""
    name = plain(value)
    if name in _STATE_OF:
        return _STATE_OF[name]
    # Of "Completed / Closed" the last part tells most.
    return _STATE_OF.get(plain(value.rpartition(" / ")[2])) if " / " in value else None


def status_of(value: str) -> Status | None:
    """Return the status of a component that a raw value usually means, if there is one."""
    return _STATUS_OF.get(plain(value))
