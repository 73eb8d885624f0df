"""What is computed: plain values in, plain values out; no Django, no clock, no network."""

import zoneinfo

# Zones come from the tzdata package alone: a machine's own files would move figures unseen.
zoneinfo.reset_tzpath(to=())
