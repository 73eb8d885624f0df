"""Who may reach what: every address and operation with its audience; what is absent is refused."""

from collections.abc import Mapping

from tallystick.site.registry_api import OPERATIONS
from tallystick.site.registry_pages import PAGES
from tallystick.site.routes import Reach, Route

__all__ = ["COMMANDS", "OPERATIONS", "PAGES", "ROUTES", "Reach", "Route"]

ROUTES: Mapping[str, Route] = {**PAGES, **OPERATIONS}

COMMANDS: Mapping[str, str] = {
    "agreement": "anyone with the files; no database",
    "measure": "anyone with the files; no database",
    "store": "anyone with the files; no database",
    "measure-stored": "anyone with the files; no database",
    "verify": "anyone with the files; no database",
    "check": "anyone with the files; no database",
    "explain": "anyone",
    "ledger": "`verify` of an export: anyone with the file; else whoever runs the installation",
    "import": "whoever runs the installation, on behalf of the person named with --by",
    "admit": "whoever runs the installation",
    "setup": "whoever runs the installation",
    "serve": "whoever runs the installation",
    "worker": "whoever runs the installation",
    "demo": "whoever runs the installation, in an empty home",
}
"""Commands act with the rights of the account that runs them on the machine."""
