"""The framework's interface object, without the address that it keeps for itself."""

from typing import Any

from ninja import NinjaAPI
from ninja.types import DictStrAny

PREFIX = "/api/"


class Interface(NinjaAPI):
    """Every address of it is an operation, the OpenAPI description, or the page that shows it."""

    @property
    def urls(self) -> tuple[list[Any], str, str]:
        """Return the addresses; the framework's root, which only ever says "not found", goes."""
        patterns, application, namespace = super().urls
        own = [each for each in patterns if getattr(each, "name", "") != "api-root"]
        return own, application, namespace

    def get_root_path(self, path_params: DictStrAny) -> str:
        """Return where the interface stands, as the framework would ask its root."""
        return PREFIX
