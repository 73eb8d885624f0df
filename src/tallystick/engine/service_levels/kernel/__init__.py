"""The one definition of the semantics: histories and a clause in, an outcome per item out."""
