"""What a bidder has done and whom it names: past cases, people, and the skills that are needed."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tallystick.actions.name_member import name_member
from tallystick.actions.need_skill import need_skill
from tallystick.actions.record_case import record_case
from tallystick.actions.remove_evidence import remove_evidence
from tallystick.records.bid_experience import BidMember, NeededSkill, PastCase
from tallystick.records.bids import Bid
from tallystick.records.roles import Duty
from tallystick.records.selections import Phase, Selection
from tallystick.web.bid_frames import (
    FOLLOWED,
    bid_of,
    evidence_at,
    form_page,
    posted,
)
from tallystick.web.forms.bid_evidence import CaseForm, MemberForm, SkillForm
from tallystick.web.forms.refusals import refused_on, refused_on_the_next_page
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.selection_frames import around, selection_at

_BESIDE = tuple(f"bid__{each}" for each in FOLLOWED)


def case_new(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Record work that the bidder has done before."""
    return _case(request, bid_of(request, bid_id), None)


def case_edit(request: ViewerRequest, case_id: str) -> HttpResponse:
    """Mend a past case."""
    case = find(PastCase, request.viewer, case_id, *_BESIDE)
    return _case(request, case.bid, case)


def _case(request: ViewerRequest, bid: Bid, amends: PastCase | None) -> HttpResponse:
    known = {name: getattr(amends, name) for name in CaseForm.base_fields} if amends else None
    form = CaseForm(posted(request), initial=known)
    return form_page(
        request,
        bid,
        form,
        lambda: record_case(
            bid=bid, case=form.case(), amends=amends, by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=f"The case {amends.customer}" if amends else "Record a past case",
        lead="What the bidder has done for somebody else, and what shows it.",
        said="The case is recorded.",
        section="experience",
    )


def case_remove(request: ViewerRequest, case_id: str) -> HttpResponse:
    """Take a past case away."""
    case = find(PastCase, request.viewer, case_id, *_BESIDE)
    with refused_on_the_next_page(request):
        remove_evidence(row=case, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"The case {case.customer} is taken away.")
    return redirect(evidence_at(case.bid, "experience"))


def member_new(request: ViewerRequest, bid_id: str) -> HttpResponse:
    """Name somebody of the team that the bid offers."""
    return _member(request, bid_of(request, bid_id), None)


def member_edit(request: ViewerRequest, member_id: str) -> HttpResponse:
    """Mend what is known of somebody."""
    member = find(BidMember, request.viewer, member_id, *_BESIDE)
    return _member(request, member.bid, member)


def _member(request: ViewerRequest, bid: Bid, amends: BidMember | None) -> HttpResponse:
    needed = NeededSkill.objects.visible_to(request.viewer).filter(selection=bid.selection)
    skills = list(needed.order_by("skill", "id").values_list("skill", flat=True))
    known = {"name": amends.name, "role": amends.role} if amends else None
    levels = amends.levels if amends else None
    form = MemberForm(skills, posted(request), levels, initial=known)
    skills_page = "Say first which skills the work needs." if not form.skills else ""
    return form_page(
        request,
        bid,
        form,
        lambda: name_member(
            bid=bid, member=form.member(), amends=amends, by=request.viewer, as_of=datetime.now(UTC)
        ),
        title=(amends.name or amends.role) if amends else "Name somebody of the team",
        lead=skills_page or "Levels run from 1, follows, to 7, sets the strategy.",
        said="The team of the bid is recorded.",
        section="people",
    )


def member_remove(request: ViewerRequest, member_id: str) -> HttpResponse:
    """Take somebody out of the bid's team."""
    member = find(BidMember, request.viewer, member_id, *_BESIDE)
    with refused_on_the_next_page(request):
        remove_evidence(row=member, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"{member.name or member.role} is taken away.")
    return redirect(evidence_at(member.bid, "people"))


def skills(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Show the skills that the work needs."""
    return _skills(request, selection_at(request, selection_id), SkillForm())


def skill_new(request: ViewerRequest, selection_id: str) -> HttpResponse:
    """Ask for a skill."""
    selection = selection_at(request, selection_id)
    form = SkillForm(request.POST)
    if form.is_valid():
        with refused_on(form):
            need_skill(
                selection=selection,
                **form.cleaned_data,
                by=request.viewer,
                as_of=datetime.now(UTC),
            )
            messages.success(request, f"“{form.cleaned_data['skill']}” is asked for.")
            return redirect("bid_skills", selection.public_id)
    return _skills(request, selection, form)


def _skills(request: ViewerRequest, selection: Selection, form: SkillForm) -> HttpResponse:
    needed = NeededSkill.objects.visible_to(request.viewer).filter(selection=selection)
    bids = Bid.objects.visible_to(request.viewer).filter(selection=selection)
    may_write = request.viewer.may(Duty.RUN_SELECTION)
    shown = around(request, selection) | {
        "form": form,
        "selection": selection,
        "needed": list(needed.order_by("skill", "level", "id")),
        "bids": list(bids.select_related("supplier").order_by("received_at", "id")),
        "may_write": may_write and selection.phase is not Phase.AWARDED,
    }
    return render(request, "bid_evidence/skills.html", shown, status=422 if form.is_bound else 200)


def skill_remove(request: ViewerRequest, skill_id: str) -> HttpResponse:
    """Need a skill no more."""
    skill = find(NeededSkill, request.viewer, skill_id, "selection__engagement")
    with refused_on_the_next_page(request):
        remove_evidence(row=skill, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, f"“{skill.skill}” is needed no more.")
    return redirect("bid_skills", skill.selection.public_id)
