"""The address of a mail server -> Django's settings; without one no mail is ever sent."""

from urllib.parse import unquote, urlsplit

OFF = "django.core.mail.backends.dummy.EmailBackend"
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_settings(address: str, sender: str) -> dict[str, object]:
    """
    Return Django's settings for `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://` addresses.

    Raises:
        ValueError: for an address of another kind, or without a host.
    """
    if not address:
        return {"EMAIL_BACKEND": OFF}
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(
            "TALLYSTICK_MAIL is smtp://, smtp+tls:// or smtps://user:password@host:port"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender or f"tallystick@{parts.hostname}",
    }
