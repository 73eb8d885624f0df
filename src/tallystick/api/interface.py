"""The framework's interface object, without the address that it keeps for itself."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
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

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        """
        Return the description, made once in a process: it is the same for all who ask.

        Making it takes a second, which nobody who repeats the question shall be able to spend.
        """
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        described: dict[str, OpenAPISchema] = self.__dict__.setdefault("_described", {})
        if prefix not in described:
            described[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return described[prefix]
