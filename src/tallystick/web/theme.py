"""The choice of light, dark or the system's theme, kept in a cookie and drawn by the server."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = (
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
    ("system", "System", "computer-desktop"),
)
_NAMES = frozenset(name for name, _, _ in THEMES)
_YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest | None) -> str:
    """Return the chosen theme; the system's where none, or an unknown one, was chosen."""
    chosen = request.COOKIES.get(COOKIE, "") if request else ""
    return chosen if chosen in _NAMES else "system"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the posted `theme` and go back to `next`, a page of this site."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "/")
    here = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(back, here, require_https=request.is_secure())
    if not (ours and back.startswith("/")):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in _NAMES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response
