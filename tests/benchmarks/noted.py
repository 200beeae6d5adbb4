"""netlab, with a note of when each key got to the editor: `python -m tests.benchmarks.noted LAB`, for `workbench`.

Nothing else differs from `netlab`: a line `CHARACTER NANOSECONDS` is appended to the file NETLAB_NOTES names.
"""

from __future__ import annotations

import os
import time
from typing import Any

from netlab.cli import main


def note_keys(path: str) -> None:
    """From now on the editor's handler says when it was called."""
    from textual.widgets import TextArea

    notes, handler = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC), TextArea._on_key

    async def noted(self: TextArea, event: Any) -> None:
        os.write(notes, f"{event.character} {time.monotonic_ns()}\n".encode())
        await handler(self, event)

    TextArea._on_key = noted  # type: ignore[method-assign]


if __name__ == "__main__":
    note_keys(os.environ["NETLAB_NOTES"])
    main()
