"""The demo's cast: one client, two providers, and who signs in for them."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from tallystick.actions.admit_person import admit_person
from tallystick.actions.mark_read import mark_read
from tallystick.records.organisations import Organisation
from tallystick.records.people import viewer_of
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer

PASSWORD = "two halves of one stick"  # noqa: S105  (the demo prints it)
CLIENT, BALTIC, KESTREL = "Nordwind Energy", "Baltic Desk", "Kestrel Systems"

PEOPLE = (
    ("Ada Moreno", "ada@nordwind.example", CLIENT, Role.SOURCING_LEAD),
    ("Ben Hartmann", "ben@nordwind.example", CLIENT, Role.ENGAGEMENT_MANAGER),
    ("Eva Lindqvist", "eva@nordwind.example", CLIENT, Role.EVALUATOR),
    ("Ann Okafor", "ann@nordwind.example", CLIENT, Role.AUDITOR),
    ("Ola Brandt", "ola@nordwind.example", CLIENT, Role.SERVICE_OWNER),
    ("Uma Castellanos", "uma@nordwind.example", CLIENT, Role.EXECUTIVE),
    ("Cleo Wiśniewska", "cleo@balticdesk.example", BALTIC, Role.DELIVERY_LEAD),
    ("Piotr Zieliński", "piotr@balticdesk.example", BALTIC, Role.ACCOUNT_MANAGER),
    ("Dan Whitaker", "dan@kestrel.example", KESTREL, Role.DELIVERY_LEAD),
    ("Grace Holloway", "grace@kestrel.example", KESTREL, Role.ACCOUNT_MANAGER),
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Those who act in the demo's story."""

    ada: Viewer
    ben: Viewer
    eva: Viewer
    ola: Viewer
    uma: Viewer
    cleo: Viewer
    piotr: Viewer
    dan: Viewer
    grace: Viewer
    baltic: Organisation
    kestrel: Organisation

    @property
    def people(self) -> list[Viewer]:
        """Return everybody."""
        known = (getattr(self, each.name) for each in fields(self))
        return [each for each in known if isinstance(each, Viewer)]

    def read_what_is_old(self, as_of: datetime) -> None:
        """Let everybody have read what they were told more than three weeks ago."""
        for each in self.people:
            mark_read(ids=None, by=each, as_of=as_of - timedelta(days=21))

    def signatory_of(self, provider: Organisation | None) -> Viewer:
        """Return who signs for a provider."""
        return self.piotr if provider == self.baltic else self.grace


def admit_everyone(as_of: datetime) -> Cast:
    """Create the organisations and people of the demo."""
    viewers: dict[str, Viewer] = {}
    for name, email, organisation, role in PEOPLE:
        person = admit_person(
            name=name,
            email=email,
            password=PASSWORD,
            organisation=organisation,
            role=role,
            as_of=as_of,
        )
        viewer = viewer_of(person)
        if viewer is None:
            raise RuntimeError(f"{name} was admitted and belongs nowhere")
        viewers[email.split("@", maxsplit=1)[0]] = viewer
    return Cast(
        ada=viewers["ada"],
        ben=viewers["ben"],
        eva=viewers["eva"],
        ola=viewers["ola"],
        uma=viewers["uma"],
        cleo=viewers["cleo"],
        piotr=viewers["piotr"],
        dan=viewers["dan"],
        grace=viewers["grace"],
        baltic=viewers["cleo"].organisation,
        kestrel=viewers["dan"].organisation,
    )
