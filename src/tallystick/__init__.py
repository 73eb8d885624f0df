"""Tallystick: the shared record of an IT outsourcing engagement."""

__version__ = "0.1.0"
