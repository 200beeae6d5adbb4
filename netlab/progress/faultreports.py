"""Files with everything that a report of a fault of netlab's needs, in the user's state folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from netlab import __version__
from netlab.progress.places import state_folder


def keep_report(error: BaseException) -> Path:
    """Writes the error's traceback, and on what it happened, to a new file. Raises OSError where that cannot be."""
    import traceback  # only now: every command imports this module
    from datetime import datetime

    folder = state_folder() / "faults"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"fault-{datetime.now().astimezone():%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    about = f"netlab {__version__}, Python {sys.version}, {' '.join(os.uname())}, {os.environ.get('TERM', '')}"
    text = f"{about}\n{sys.argv}\n\n{''.join(traceback.format_exception(error))}"
    file.write_text(text, "utf-8", errors="backslashreplace")
    return file
