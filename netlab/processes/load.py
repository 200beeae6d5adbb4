"""How overloaded this machine is: a program that gets no processor is slow, not wrong, and is given more time."""

from __future__ import annotations

import os

BEARABLE = 2.0
"""Processes that want to run, for each core, up to which everybody still gets on."""


def overload() -> float:
    """What to multiply a wait with: 1.0 on a machine that keeps up, more by its load average (getloadavg(3))."""
    return stretch(os.getloadavg()[0], os.cpu_count() or 1)


def stretch(load: float, cores: int) -> float:
    """The same for a given load average of the last minute."""
    return max(1.0, load / (cores * BEARABLE))
