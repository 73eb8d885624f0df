"""A ledger as bytes: entries in, hashes, signed checkpoints, exports and verification out."""
