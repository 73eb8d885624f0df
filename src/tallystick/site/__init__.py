"""Wires: settings, addresses, the registry of who may reach what."""
