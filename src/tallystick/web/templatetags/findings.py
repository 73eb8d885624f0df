"""Tags about findings; built in, as those of `ui` are."""

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tallystick.engine.guardrails.finding import Finding
from tallystick.records.engagements import Engagement
from tallystick.web.finding_links import links_of

register = template.Library()


@register.simple_tag(takes_context=True)
def finding_links(context: Context, engagement: Engagement, finding: Finding) -> SafeString:
    """Draw what the viewer may do about a finding: write a lesson, or waive it."""
    links = links_of(context["viewer"], engagement, finding)
    drawn = format_html_join(" ", '<a href="{1}">{0}</a>', links)
    return format_html('<span class="row">{}</span>', drawn) if links else SafeString("")
