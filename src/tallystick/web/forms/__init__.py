"""Forms: what a person typed, as typed values or as errors beside the field."""
