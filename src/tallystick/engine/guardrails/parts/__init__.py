"""The parts of the engagement document, one noun per file; all of them may be left out."""
