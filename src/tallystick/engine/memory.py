"""Memory that was freed and is needed again at once, which the C library would give back."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # malloc.h of the GNU C library
_LARGEST_KEPT, _MOST_KEPT = 32 << 20, 64 << 20


def keep_freed_memory() -> bool:
    """
    Have the process keep some of the memory that it frees; return whether its C library does.

    Columns of a bucket are megabytes each and live for milliseconds. By default the GNU C library
    gives such memory back and the system clears every page of it anew, which took a fifth of the
    time of measuring. Other C libraries are left as they are.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    settings = ((_MMAP_THRESHOLD, _LARGEST_KEPT), (_TRIM_THRESHOLD, _MOST_KEPT))
    return all([mallopt(*each) for each in settings])
