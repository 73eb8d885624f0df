"""Who is calling, and the token that a POST must carry."""

from django.middleware.csrf import get_token
from pydantic import Field

from tallystick.api.lookup import ViewerRequest
from tallystick.api.routing import Operations
from tallystick.api.values import Out, Party, party
from tallystick.records.organisations import providers_known_to
from tallystick.records.roles import MAY, Duty, Role, Side

operations = Operations(tags=["Session"])


class SessionOut(Out):
    """The person and organisation that this session acts for."""

    name: str
    email: str
    organisation: Party
    side: Side
    role: Role
    duties: list[Duty]
    providers: list[Party] = Field(description="Whom you may appoint, or share a lesson with.")
    csrf_token: str


@operations.reads("/session", "session", SessionOut)
def session(request: ViewerRequest) -> SessionOut:
    """Return who you are and what you may do; send `csrf_token` as X-CSRFToken with a POST."""
    viewer = request.viewer
    return SessionOut(
        name=viewer.person.name,
        email=viewer.person.email,
        organisation=party(viewer.organisation),
        side=Side(viewer.organisation.side),
        role=viewer.role,
        duties=[duty for duty in Duty if viewer.role in MAY[duty]],
        providers=[party(each) for each in providers_known_to(viewer)],
        csrf_token=get_token(request),
    )
