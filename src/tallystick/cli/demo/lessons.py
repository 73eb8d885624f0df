"""The lessons of the demo: what the made-up client's engagements have taught so far."""

from decimal import Decimal

from tallystick.actions.publish_lesson import LessonWording
from tallystick.engine.lessons.causes import Cause, LessonKind, WasARisk

SLIDING_P2 = LessonWording(
    title="A level that slides for three months is missed in the fourth",
    context="Service desk and workplace support; the desk moved to a new rota in spring.",
    what_happened="Resolution of P2 incidents fell month after month. Each month was still near "
    "the target, so nobody spoke of it until it was missed.",
    root_cause="The monthly meeting looked at red levels only. A trend had no owner and no place "
    "on the agenda.",
    effect="Two missed months, about 60 users without a working device for a day each.",
    preventive_action="Put every level that fell three months in a row on the agenda, and name "
    "the person who explains it.",
    stages=("agree", "deliver"),
    service_types=("service-desk", "application-support"),
    practices=(6, 7),
    cause=Cause.ESCALATION_MISSING,
    warning_signs="Three monthly figures in a row, each below the one before, all still green.",
    was_a_risk=WasARisk.NO,
    effect_amount=Decimal(18_000),
    effect_currency="EUR",
)

NO_HOLIDAYS = LessonWording(
    title="An agreement without holidays turns Easter into a breach",
    context="Data-centre operations; the agreement's calendar named working hours and no holidays.",
    what_happened="Four working days around Easter counted as service time. Six levels looked "
    "missed; both sides spent three meetings on whose numbers were right.",
    root_cause="The calendar was copied from a template and nobody owned the list of holidays.",
    effect="Three disputed statements and 11 person-days of talks.",
    preventive_action="Write the holidays of the whole term into the calendar, as dates, before "
    "anyone signs.",
    stages=("define", "agree"),
    service_types=(),
    practices=(7,),
    cause=Cause.AGREEMENT_GAP,
    warning_signs="A calendar with working hours and not a single date.",
    was_a_risk=WasARisk.NO,
    effect_amount=Decimal(9_900),
    effect_currency="EUR",
    effect_days=Decimal(11),
)

KNOWLEDGE_LEFT = LessonWording(
    title="The only person who knew the payroll interface left with the old provider",
    context="ERP application support; handover from the previous provider took two weeks.",
    what_happened="The nightly payroll interface failed in the first month. Nobody on either side "
    "could read its log.",
    root_cause="Knowledge transfer was planned by document, not by task; nobody had run the "
    "interface alone before the handover was signed.",
    effect="Salaries of 340 people were paid two days late.",
    preventive_action="Let the new team run each critical task alone, watched by the old one, "
    "before the transition is accepted. Plan the time for it when the engagement is defined.",
    stages=("define", "agree", "transition"),
    service_types=("application-support",),
    practices=(3, 8),
    cause=Cause.KNOWLEDGE_NOT_TRANSFERRED,
    warning_signs="One name beside every task of the interface; handover days cancelled twice.",
    was_a_risk=WasARisk.YES,
    effect_amount=Decimal(26_500),
    effect_currency="EUR",
    effect_days=Decimal(14),
)

BASELINE_FIRST = LessonWording(
    title="Without a baseline, both sides could claim success",
    context="Two earlier engagements promised faster support and cheaper changes.",
    what_happened="At the closing review each side had its own idea of how it had been before.",
    root_cause="The objectives were agreed before anything was measured.",
    effect="The bonus of the first year was paid twice: once by right and once to end the quarrel.",
    preventive_action="Measure for two months before the objectives are agreed, and write value, "
    "date and method into each objective.",
    stages=("define",),
    service_types=(),
    practices=(1,),
    cause=Cause.OBJECTIVE_UNCLEAR,
    warning_signs="Targets in per cent, and nobody able to say of what.",
    was_a_risk=WasARisk.UNKNOWN,
    effect_amount=Decimal(40_000),
    effect_currency="EUR",
)

REFERENCE_ENDED = LessonWording(
    title="Ask a client that has left, not only one that stays",
    context="Selection of the data-centre operator, three bidders.",
    what_happened="All references were glowing. The operator's trouble at the end of contracts "
    "came to light in the exit.",
    root_cause="All three referees were named by the bidder and still under contract.",
    effect="The exit took five months longer than planned.",
    preventive_action="Call at least one former client that the bidder did not name.",
    stages=("select",),
    service_types=(),
    practices=(5,),
    cause=Cause.REFERENCES_UNCHECKED,
    warning_signs="Every referee was named by the bidder.",
    was_a_risk=WasARisk.NO,
    effect_days=Decimal(95),
)

RESTORE_DRILL = LessonWording(
    title="A backup that nobody restored was no backup",
    context="Data-centre operations, second year.",
    what_happened="A file server was lost. The backup had been green every night and held half of "
    "the folders.",
    root_cause="The service level counted finished backup jobs, not restored files.",
    effect="Nine days of drawings were redone by hand.",
    preventive_action="Agree on a level for restores, tried every quarter on files that the "
    "client names.",
    stages=("agree", "deliver"),
    service_types=("infrastructure-operations",),
    practices=(7, 8),
    cause=Cause.SERVICE_LEVEL_UNFIT,
    warning_signs="A level that was never missed, on something that nobody had ever tried.",
    was_a_risk=WasARisk.YES,
    effect_days=Decimal(9),
)

SUNDAY_WORK = LessonWording(
    title="A portal that is maintained every Sunday looked down every Sunday",
    context="Service desk and workplace support; the availability of the self-service portal.",
    what_happened="The monitor counted planned work as an outage. For four months the portal "
    "looked worse than any user had found it.",
    root_cause="The service level measured what the monitor sees, not what users are promised, "
    "and named no window for maintenance.",
    effect="Two quarrels about credits and a month without a countersigned statement.",
    preventive_action="Name the maintenance windows in each availability level, and try the "
    "measurement on last month's data before anyone signs.",
    stages=("agree",),
    service_types=(),
    practices=(7,),
    cause=Cause.SERVICE_LEVEL_UNFIT,
    warning_signs="Outages that begin at the same minute of the week.",
    was_a_risk=WasARisk.NO,
    effect_amount=Decimal(4_200),
    effect_currency="EUR",
    effect_days=Decimal(6),
)

ONE_WEEK_TOGETHER = LessonWording(
    title="A week at one table saved a month of tickets",
    context="Service desk; both teams sat together in the first week after the switch.",
    what_happened="Questions that would have been tickets were answered across the table; the "
    "backlog of the start was gone in nine days.",
    root_cause="Whoever asked knew whom to ask, and by which name.",
    effect="About 160 tickets were never written.",
    preventive_action="Plan a week together, at the client's site, for the first week of delivery.",
    stages=("transition",),
    service_types=("service-desk",),
    practices=(6,),
    kind=LessonKind.POSITIVE,
    effect_days=Decimal(20),
)
