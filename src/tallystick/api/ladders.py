"""The escalation ladder of an engagement, what it lacks today, and the days it was tried."""

from datetime import UTC, date, datetime

from tallystick.actions.record_ladder_test import record_ladder_test
from tallystick.actions.state_ladder_level import LevelWording, state_ladder_level
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, OptionalLine, OptionalWords, Out
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.ladders import LadderLevel, LadderTest, Tried, gaps_in
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Side

operations = Operations(tags=["Issues"])


class LadderGap(Out):
    """What a level lacks; `place` is a side, `channel` or `respond_within`."""

    place: str
    sentence: str


class LadderContact(Out):
    """A post on one side of a level, and who answers for it today; null where nobody does."""

    post: str
    name: str
    speaker: str | None


class LadderLevelOut(Out):
    """A level; `respond_minutes` are counted on `calendar`, round the clock where it is empty."""

    level: int
    trigger: str
    client: LadderContact | None
    provider: LadderContact | None
    channel: str
    respond_minutes: int | None
    calendar: str
    gaps: list[LadderGap]


class LadderTestOut(Out):
    """A day on which everybody on the ladder was called."""

    id: str
    tested_on: date
    result: Tried
    words: str
    recorded_by: str


class LadderOut(Out):
    """The levels that were stated, in order, and the tests, the newest first."""

    levels: list[LadderLevelOut]
    tests: list[LadderTestOut]


class StateLadderLevel(In):
    """A level as it shall be; a provider changes `provider_post` and sends the rest as it is."""

    level: int
    trigger: OptionalWords = ""
    client_post: Id | None = None
    provider_post: Id | None = None
    channel: OptionalWords = ""
    respond_minutes: int | None = None
    calendar: OptionalLine = ""


class RecordLadderTest(In):
    """A test that was held; what did not work is said in words."""

    tested_on: date
    result: Tried
    words: OptionalWords = ""


def _contact(post: Post | None, staffing: Staffing) -> LadderContact | None:
    if post is None:
        return None
    speaker = staffing.speaker(post)
    return LadderContact(
        post=post.public_id, name=post.name, speaker=speaker.name if speaker else None
    )


def _test(test: LadderTest) -> LadderTestOut:
    return LadderTestOut(
        id=test.public_id,
        tested_on=test.tested_on,
        result=Tried(test.result),
        words=test.words,
        recorded_by=test.recorded_by.name,
    )


def _shown(request: ViewerRequest, engagement: Engagement) -> LadderOut:
    levels = LadderLevel.objects.visible_to(request.viewer).filter(engagement=engagement)
    tests = LadderTest.objects.visible_to(request.viewer).filter(engagement=engagement)
    staffing = Staffing([engagement])
    calendars = Clocks([engagement]).names(engagement.pk, datetime.now(UTC).date())
    read = levels.select_related(
        "client_post__holder", "client_post__deputy",
        "provider_post__holder", "provider_post__deputy",
    )  # fmt: skip
    return LadderOut(
        levels=[
            LadderLevelOut(
                level=each.level,
                trigger=each.trigger,
                client=_contact(each.client_post, staffing),
                provider=_contact(each.provider_post, staffing),
                channel=each.channel,
                respond_minutes=each.respond_minutes,
                calendar=each.calendar,
                gaps=[
                    LadderGap(place=gap.place, sentence=gap.sentence)
                    for gap in gaps_in(each, staffing, calendars)
                ],
            )
            for each in read.order_by("level")
        ],
        tests=[
            _test(each)
            for each in tests.select_related("recorded_by").order_by("-tested_on", "-id")[:100]
        ],
    )


@operations.reads("/engagements/{engagement_id}/ladder", "ladder", LadderOut)
def ladder(request: ViewerRequest, engagement_id: str) -> LadderOut:
    """Return the ladder, its gaps, and up to a hundred of its newest tests."""
    return _shown(request, find(Engagement, request.viewer, engagement_id))


@operations.acts("/engagements/{engagement_id}/ladder/level", "state_ladder_level", LadderOut)
def state(request: ViewerRequest, engagement_id: str, given: StateLadderLevel) -> LadderOut:
    """State a level, or change it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    wording = LevelWording(
        level=given.level,
        trigger=given.trigger,
        client_post=_post(request, engagement, given.client_post, Side.CLIENT),
        provider_post=_post(request, engagement, given.provider_post, Side.PROVIDER),
        channel=given.channel,
        respond_minutes=given.respond_minutes,
        calendar=given.calendar,
    )
    state_ladder_level(
        engagement=engagement, wording=wording, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _shown(request, engagement)


def _post(
    request: ViewerRequest, engagement: Engagement, key: str | None, side: Side
) -> Post | None:
    if key is None:
        return None
    return named(Post, request.viewer, key, place=f"{side}_post", within=engagement)


@operations.acts(
    "/engagements/{engagement_id}/ladder/tests", "record_ladder_test", LadderTestOut, status=201
)
def record(request: ViewerRequest, engagement_id: str, given: RecordLadderTest) -> LadderTestOut:
    """Record a day on which the ladder was tried."""
    test = record_ladder_test(
        engagement=find(Engagement, request.viewer, engagement_id, "client", "provider"),
        tested_on=given.tested_on,
        result=given.result,
        words=given.words,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _test(test)
