"""A command, watched: seconds, processor time, and the most memory of it and all that it started, a Java among them."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1
_TICKS, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a command took.

    mib    the most that it and all its processes held at once; pages that they share are counted in each
    parts  program → the most that its processes held at once
    """

    output: str
    seconds: float
    processor: float
    mib: float
    parts: dict[str, float]


def watched(words: Sequence[str | Path]) -> Watched:
    """Run it. Raises CalledProcessError, with what it said, if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    used: dict[int, float] = {}
    most, parts = 0.0, dict[str, float]()
    while True:
        held = _held_by(process.pid, used)
        most = max(most, sum(held.values()))
        parts = {name: max(held.get(name, 0.0), parts.get(name, 0.0)) for name in held | parts}
        try:
            output, told = process.communicate(timeout=_EVERY_S)
            break
        except subprocess.TimeoutExpired:
            continue
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(words), output, told)
    seconds = time.perf_counter() - began
    return Watched(output=output, seconds=seconds, processor=sum(used.values()), mib=most, parts=parts)


def _held_by(root: int, used: dict[int, float]) -> dict[str, float]:
    """Program → MiB that its processes hold now. used: each process → its processor seconds, as last seen."""
    family, held = {root}, dict[str, float]()
    for pid, parent, name, seconds, mib in sorted(filter(None, map(_told, _processes()))):
        if pid in family or parent in family:
            family.add(pid)
            used[pid] = seconds
            held[name] = held.get(name, 0.0) + mib
    return held


def _processes() -> list[int]:
    return [int(each) for each in os.listdir("/proc") if each.isdecimal()]


def _told(pid: int) -> tuple[int, int, str, float, float] | None:
    """Process, its parent, program, processor seconds, MiB; None of one that has just ended."""
    try:
        before, _, after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except OSError:
        return None
    told = after.split()
    seconds = (int(told[11]) + int(told[12])) / _TICKS
    return pid, int(told[1]), before.partition("(")[2], seconds, int(told[21]) * _PAGE / 2**20


def most_mib() -> float:
    """The most that this process held. Not what `getrusage` says: that begins with what its parent held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
