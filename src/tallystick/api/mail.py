"""Mail: how often you want it, and when."""

from datetime import UTC, datetime

from pydantic import Field

from tallystick.actions.mail_preferences import MailWording, state_mail_preference
from tallystick.api.lookup import ViewerRequest
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Out
from tallystick.engine.mail_times import Pace
from tallystick.records.mail import MailPreference

operations = Operations(tags=["Inbox"])


class MailPreferenceOut(Out):
    """How often, at which local hour, on which day (0 is Monday), and in which hours never."""

    pace: Pace
    zone: str
    hour: int
    weekday: int
    quiet_from: int | None
    quiet_until: int | None


class StateMailPreference(In):
    """What you want from now on; quiet hours are both or neither."""

    pace: Pace
    zone: Line = "UTC"
    hour: int = Field(7, ge=0, le=23)
    weekday: int = Field(0, ge=0, le=6)
    quiet_from: int | None = Field(None, ge=0, le=23)
    quiet_until: int | None = Field(None, ge=0, le=23)


def _out(own: MailPreference) -> MailPreferenceOut:
    return MailPreferenceOut(
        pace=Pace(own.pace),
        zone=own.zone,
        hour=own.hour,
        weekday=own.weekday,
        quiet_from=own.quiet_from,
        quiet_until=own.quiet_until,
    )


@operations.reads("/mail-preference", "mail_preference", MailPreferenceOut)
def mail_preference(request: ViewerRequest) -> MailPreferenceOut:
    """Return how often you get mail; once a day if you have said nothing."""
    own = MailPreference.objects.visible_to(request.viewer).first()
    return _out(own or MailPreference())


@operations.acts("/mail-preference/state", "state_mail_preference", MailPreferenceOut)
def state(request: ViewerRequest, given: StateMailPreference) -> MailPreferenceOut:
    """Say how often you want mail."""
    wording = MailWording(**given.model_dump())
    return _out(state_mail_preference(wording=wording, by=request.viewer, as_of=datetime.now(UTC)))
