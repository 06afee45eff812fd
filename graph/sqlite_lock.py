"""The lock of the embedded store: one process writes, and the next one knows how that ended."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.errors import InputInvalid, StoreBusy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_SECONDS = 10.0


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the write lock of a file; whether the last holder ended well.

    The holder's process number stands in `<file>.lock`, and stays there unless what is done
    within ends well, or is refused. StoreBusy with that number after 10 s; the kernel frees
    the lock of a killed process.
    """
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, path)
        left = os.pread(handle, 20, 0).strip(b"\0 ")
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        try:
            yield not left
        except InputInvalid:  # nothing was written: there is nothing to inspect
            os.ftruncate(handle, 0)
            raise
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path) -> None:
    ends = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > ends:
                holder = os.pread(handle, 20, 0).decode("ascii", "replace") or "unknown"
                raise StoreBusy(
                    f"{path} is being written by process {holder}; "
                    "wait for it to end, or stop it, and try again"
                ) from None
            time.sleep(0.02)
