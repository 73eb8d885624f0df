"""What is computed: plain values in, plain values out; no Django, no clock, no network."""
