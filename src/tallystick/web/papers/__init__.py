"""Documents to hand around: what a page shows, as a PDF."""
