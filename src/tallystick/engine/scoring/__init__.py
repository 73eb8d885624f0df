"""Judging suppliers: how far evaluators agree, and who a supplier is."""
