"""How long a learner's program is waited for. A wait ends at once when the program in question has ended."""

from __future__ import annotations

PATIENCE = 5.0
"""Seconds that a program may take for anything that it is waited for."""
A_MOMENT = 1.0
"""Seconds to wait for what may well never come, before going on without it."""
AFTERMATH = 1.0
"""Seconds between a connection's end and the end of the program that caused it."""
