"""Programs that netlab supplies: they run on a host beside the learner's own, and are the same for every lab."""

from __future__ import annotations

from pathlib import Path

from netlab.courseware.model import ProgramModel

LINE_CLIENT = "line"
"""A client by hand: what is typed goes to the server, what comes is shown. See `lineclient.py`."""

SUPPLIED = {
    LINE_CLIENT: ProgramModel(
        name=LINE_CLIENT,
        file=str(Path(__file__).with_name("lineclient.py")),
        host="",
        arguments=("{HOST}", "{PORT}"),
        listens="",
    )
}
"""By the name of their terminal. Their files are absolute: they are not in the learner's folder."""
