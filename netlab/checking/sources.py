"""The Python that runs the learner's programs, and whether they compile, asked of that very Python.

Netlab's own `compile()` will not do: the learner's Python may be newer and know more syntax.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from netlab.courseware.model import Lab
from netlab.errors import UsageError
from netlab.processes.spawning import run

TIMEOUT = 20.0

ASK = """
import json, platform, sys, warnings
warnings.simplefilter("ignore")
def problem(file):
    try:
        with open(file, "rb") as source:
            compile(source.read(), file, "exec", dont_inherit=True)
    except SyntaxError as error:
        return [error.lineno or 1, type(error).__name__ + ": " + str(error.msg)]
    except ValueError as error:
        return [1, "SyntaxError: " + str(error)]
    except OSError:
        return None
print(json.dumps({"version": platform.python_version(), "problems": [problem(file) for file in sys.argv[1:]]}))
"""


@dataclass(frozen=True, slots=True)
class Sources:
    """What the learner's Python says of the learner's programs."""

    version: str
    """Of that Python: `3.11.7`."""
    uncompiled: dict[str, str]
    """Programs that do not compile, by name, each with its one line: `server.py:3: SyntaxError: invalid syntax`."""


def look_at_sources(lab: Lab, folder: Path, python: Path) -> Sources:
    """Compiles the lab's programs without running them. A missing file is no problem here: its checkpoints will say so.

    Raises UsageError where there is no such Python.
    """
    answer = _ask(python, [str(folder / program.file) for program in lab.programs])
    found = zip(lab.programs, answer["problems"], strict=True)
    return Sources(answer["version"], {p.name: f"{p.file}:{at[0]}: {at[1]}" for p, at in found if at})


def default_python(folder: Path) -> Path:
    """The folder's `.venv`, else netlab's own."""
    own = folder / ".venv" / "bin" / "python"
    return own if own.exists() else Path(sys.executable)


def _ask(python: Path, files: list[str]) -> dict[str, Any]:
    done = run([str(python), "-I", "-S", "-c", ASK, *files], timeout=TIMEOUT)
    if done.code != 0:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise UsageError(f"{python} does not run Python: {last}", "Name another with --python.")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
