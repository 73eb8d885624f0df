"""One act at a time on an engagement: whoever comes second waits, and sees what the first did."""

from tallystick.records.engagements import Engagement


def held_engagement(engagement_id: int) -> Engagement:
    """Return an engagement as it is now, held until the transaction ends."""
    return Engagement.objects.select_for_update(of=("self",)).get(pk=engagement_id)
