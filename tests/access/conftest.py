"""Fixtures of the tests of who reaches what."""

from tests.access.built import built, world

__all__ = ["built", "world"]
