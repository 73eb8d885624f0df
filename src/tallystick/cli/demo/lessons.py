"""The lessons of the demo: what the made-up client's engagements have taught so far."""

from tallystick.actions.publish_lesson import LessonWording

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
)
