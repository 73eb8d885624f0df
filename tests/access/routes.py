"""Every route of the product, as the resolver knows it, and what each actor must get there."""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tallystick.records.viewer import Viewer
from tallystick.site.registry import OPERATIONS, ROUTES, Reach, Route
from tests.access.world import ABSENT, World


class Which(StrEnum):
    """Whose object an address names."""

    OWN = "own"
    OTHER = "other"
    ABSENT = "absent"


# What an address needs besides its path.
QUERIES = {"item": "id=T1", "api:item_working": "id=T1"}

# The ids of the world that some addresses mean by an argument.
MEANT = {
    "api:availability_working": {"measurement_id": "availability_id"},
    # Only a version that waits for signatures is signed or withdrawn.
    "agreement_sign": {"agreement_id": "proposal_id"},
    "agreement_withdraw": {"agreement_id": "proposal_id"},
    "api:sign_agreement": {"agreement_id": "proposal_id"},
    "api:withdraw_agreement": {"agreement_id": "proposal_id"},
    # Only what the client signed is countersigned or commented on.
    "review_countersign": {"pack_id": "signed_pack_id"},
    "api:countersign_review": {"pack_id": "signed_pack_id"},
    "api:comment_review": {"pack_id": "signed_pack_id"},
}

# Signing in and out changes its answer with the session; these have tests of their own.
SESSION = frozenset({"account_login", "account_logout", "account_reauthenticate"})


def patterns() -> dict[str, list[str]]:
    """Return each route's name with the arguments in its address."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(found: list[URLPattern | URLResolver], namespace: str) -> list[tuple[str, list[str]]]:
    routes: list[tuple[str, list[str]]] = []
    for each in found:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            routes += _walk(each.url_patterns, inner)
        else:
            routes.append((f"{namespace}{each.name}", sorted(each.pattern.converters)))
    return routes


def ids_for(world: World, viewer: Viewer, which: Which) -> dict[str, str]:
    """Return ids that a viewer may see, may not see, or that nothing has."""
    if which is Which.ABSENT:
        known = world.own["nordwind-baltic"] | world.personal[viewer.person.pk]
        return {name: ABSENT for name in known} | {"code": "ZZZ999"}
    mine = {
        "Nordwind Energy": ("nordwind-baltic", "southwind-kestrel"),
        "Southwind Water": ("southwind-kestrel", "nordwind-baltic"),
        "Baltic Desk": ("nordwind-baltic", "nordwind-kestrel"),
        "Kestrel Systems": ("nordwind-kestrel", "nordwind-baltic"),
    }[viewer.organisation.name]
    own = which is Which.OWN
    ids = dict(world.own[mine[0] if own else mine[1]])
    ids |= world.personal[viewer.person.pk if own else _somebody_else(world, viewer)]
    if own and not viewer.is_client:
        ids["lesson_id"] = ids["shared_lesson_id"]
        ids["draft_id"] = ids["provider_draft_id"]
        ids["link_id"] = ids["provider_link_id"]
    if not own:
        # Nobody holds another's token, and a provider may work for several clients.
        tokens = ("token", "norms_token", "feed_secret", "mail_token")
        ids |= dict.fromkeys(tokens, ABSENT) | {"supplier_id": ids["stranger_id"]}
    # A code is a client's own numbering: Southwind has fewer guardrails than Nordwind.
    return ids | {"code": "LSN001" if own else "LSN009"}


def _somebody_else(world: World, viewer: Viewer) -> int:
    return next(pk for pk in world.personal if pk != viewer.person.pk)


def address(name: str, arguments: list[str], ids: dict[str, str]) -> str:
    """Return the address of a route for some ids."""
    meant = MEANT.get(name, {})
    path = reverse(name, kwargs={each: ids[meant.get(each, each)] for each in arguments})
    return f"{path}?{QUERIES[name]}" if name in QUERIES else path


@dataclass(frozen=True, slots=True)
class Expectation:
    """The exact status that one request must get; computed from the registry alone."""

    route: Route
    api: bool
    names_object: bool

    def status(self, viewer: Viewer | None, which: Which, method: str) -> int:
        """Return it."""
        if self.route.reach is Reach.ANYONE:
            return self._to_anyone(which, method)
        if viewer is None:
            return 401 if self.api else 302
        if not self._admitted(viewer):
            return 404
        if method not in self.route.methods:
            return 405
        if self.route.duty and not viewer.may(self.route.duty):
            return 403
        if self.names_object and which is not Which.OWN:
            return 404
        return self._answered(method)

    def _to_anyone(self, which: Which, method: str) -> int:
        if method not in self.route.methods:
            return 405
        return 404 if self.names_object and which is not Which.OWN else self._answered(method)

    def _admitted(self, viewer: Viewer) -> bool:
        wanted = {Reach.CLIENT: True, Reach.PROVIDER: False}.get(self.route.reach)
        return wanted is None or wanted == viewer.is_client

    def _answered(self, method: str) -> int:
        return (self.route.post or 405) if method == "POST" else 200


def expectation(name: str, arguments: list[str]) -> Expectation:
    """Return what to expect of a route."""
    return Expectation(ROUTES[name], name in OPERATIONS, bool(arguments))
