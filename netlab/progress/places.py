"""Where netlab keeps what belongs to the user: `NETLAB_DATA`, or the folder that the system has for it."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder of everything that must last. It need not exist yet."""
    chosen = os.environ.get("NETLAB_DATA")
    if chosen:
        return Path(chosen).absolute()
    import platformdirs  # 4 ms, which a command with NETLAB_DATA need not spend

    return platformdirs.user_data_path("netlab", appauthor=False)


def state_folder() -> Path:
    """The folder for reports of our own faults: worth keeping, no loss when it goes."""
    if os.environ.get("NETLAB_DATA"):
        return data_folder() / "state"
    import platformdirs

    return platformdirs.user_state_path("netlab", appauthor=False)


def progress_file() -> Path:
    """The database."""
    return data_folder() / "progress.sqlite3"
