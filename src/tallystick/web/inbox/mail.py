"""How somebody wants mail, and the link that ends it."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from tallystick.actions.mail_preferences import preference_at, state_mail_preference, stop_mail
from tallystick.records.mail import Mail, MailPreference
from tallystick.web.form_pages import posted
from tallystick.web.forms.mail import MailForm
from tallystick.web.forms.refusals import refused_on
from tallystick.web.lookup import ViewerRequest


def preference(request: ViewerRequest) -> HttpResponse:
    """Show and keep how often the viewer wants mail."""
    viewer = request.viewer
    form = MailForm(MailPreference.objects.visible_to(viewer).first(), posted(request))
    if form.is_bound and form.is_valid():
        with refused_on(form):
            state_mail_preference(wording=form.wording(), by=viewer, as_of=datetime.now(UTC))
            messages.success(request, "Kept. It holds for the next mail.")
            return redirect("mail_preference")
    refused = Mail.objects.visible_to(viewer).filter(sent_at=None, failed__gt=0).first()
    shown = {
        "form": form,
        "breadcrumb": [("Inbox", reverse("inbox"))],
        "is_off": settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"),
        "refused": refused,
    }
    return render(request, "inbox/mail.html", shown, status=422 if form.is_bound else 200)


@csrf_exempt
def stop(request: HttpRequest, mail_token: str) -> HttpResponse:
    """
    End mail for whoever a mail was sent to; no account is asked for.

    Mail programs send the POST by themselves when "unsubscribe" is chosen (RFC 8058), so no page
    of ours has given them a token against forged requests: the link is one.
    """
    own = preference_at(mail_token)
    if own is None:
        raise Http404
    done = request.method == "POST" and stop_mail(token=mail_token, as_of=datetime.now(UTC))
    return render(request, "inbox/stop.html", {"done": done})
