"""What the operating system knows of a process and of files."""

from __future__ import annotations

import os
from pathlib import Path


def peak_mb(pid: int | None = None) -> float | None:
    """The most memory a process has held at once, in MB; None where that cannot be known."""
    return _status("VmHWM", pid)


def resident_mb(pid: int | None = None) -> float | None:
    """The memory a process holds now, in MB; None where that cannot be known."""
    return _status("VmRSS", pid)


def _status(name: str, pid: int | None) -> float | None:
    path = Path(f"/proc/{pid or os.getpid()}/status")
    if not path.exists():
        return None
    for line in path.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return round(int(line.split()[1]) / 1000, 1)
    return None


def size_mb(path: Path) -> float:
    """What a file, its companions beside it, or a folder takes, in MB."""
    if path.is_dir():
        found = [one for one in path.rglob("*") if one.is_file()]
    else:
        found = list(path.parent.glob(f"{path.name}*"))
    return round(sum(one.stat().st_size for one in found) / 1e6, 1)
