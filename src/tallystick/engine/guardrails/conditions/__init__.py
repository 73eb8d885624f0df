"""Conditions in the Common Expression Language over a snapshot: TRUE where all is well."""
