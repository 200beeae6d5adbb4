"""`netlab doctor`: what this machine gives, why not more, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass
from typing import Any

import click

from netlab import __version__
from netlab.cli.common import language_option
from netlab.cli.diagnostics import ExitCode
from netlab.cli.extras import EXTRAS, Extra
from netlab.cli.output import emit, emit_json, paint
from netlab.courseware.course import load_course
from netlab.network.entering import Capability, insists_on_private, probe
from netlab.progress.opening import open_progress
from netlab.progress.places import progress_file

SCHEMA = 1
"""The version of the JSON object."""

_PROGRAMS = (
    ("unshare", "util-linux", "hosts"),
    ("ip", "iproute2", "hosts"),
    ("setsid", "util-linux", "terminals"),
    ("setpriv", "util-linux", "running programs without privileges"),
    ("prlimit", "util-linux", "limits on programs"),
    ("tshark", "tshark", "netlab's own tests"),
)
"""Name, Debian package, and what it is for."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that netlab uses."""

    name: str
    path: str
    """Empty where it is missing."""
    package: str
    needed_for: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where progress is kept."""

    file: str
    kept: bool
    trouble: str
    """Why not, in one line."""


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@language_option
def command(as_json: bool) -> int:
    """What this machine can do, and how to get the rest. Changes nothing."""
    network, tools, keeping = probe(), _tools(), _keeping()
    if as_json:
        emit_json(_json(network, tools, keeping))
    else:
        _tell(network, tools, keeping)
    return ExitCode.UNAVAILABLE if insists_on_private() and not network.private else ExitCode.OK


def _tools() -> list[Tool]:
    return [Tool(name, shutil.which(name) or "", package, use) for name, package, use in _PROGRAMS]


def _keeping() -> Keeping:
    troubles: list[str] = []
    kept = open_progress(troubles.append)
    kept.close()
    return Keeping(str(progress_file()), kept.path is not None, " ".join(troubles))


def _json(network: Capability, tools: list[Tool], keeping: Keeping) -> dict[str, Any]:
    course = load_course()
    return {
        "schema": SCHEMA,
        "netlab": __version__,
        "python": {"version": platform.python_version(), "executable": sys.executable},
        "system": {"name": platform.system(), "release": platform.release(), "machine": platform.machine()},
        "network": {"kind": _kind(network), "reason": network.reason, "remedy": network.remedy},
        "programs": [asdict(tool) for tool in tools],
        "extras": [_extra_json(extra) for extra in EXTRAS],
        "progress": asdict(keeping),
        "labs": {"folder": str(course.folder), "count": len(course.heads)},
    }


def _extra_json(extra: Extra) -> dict[str, str | bool]:
    remedy = "" if extra.there else extra.remedy
    return asdict(extra) | {"there": extra.there, "version": extra.version, "remedy": remedy}


def _kind(network: Capability) -> str:
    return "private" if network.private else "loopback"


def _tell(network: Capability, tools: list[Tool], keeping: Keeping) -> None:
    course = load_course()
    system = f"{platform.system()} {platform.release()}"
    _line("netlab", f"{__version__} on Python {platform.python_version()}, {system}, {os.cpu_count()} processors")
    _tell_network(network)
    for tool in tools:
        _tell_tool(tool)
    for extra in EXTRAS:
        _tell_extra(extra)
    _line("progress", keeping.file if keeping.kept else paint(keeping.trouble, "yellow"))
    _line("labs", f"{len(course.heads)} in {course.folder}")


def _tell_network(network: Capability) -> None:
    if network.private:
        _line("network", f"{paint('private', 'green')}: hosts of their own, joined by a wire that shows every frame")
        return
    _line("network", f"{paint('loopback', 'yellow')}: no hosts of their own, no wire. {network.reason}")
    if network.remedy:
        _line("", f"{paint('remedy:', 'bold')} {network.remedy}")


def _tell_tool(tool: Tool) -> None:
    if tool.path:
        _line(tool.name, tool.path)
    else:
        _line(
            tool.name, f"{paint('missing', 'yellow')} ({tool.needed_for}). Install it: apt-get install {tool.package}"
        )


def _tell_extra(extra: Extra) -> None:
    said = f"{extra.package} {extra.version}".rstrip()
    if extra.there:
        _line(extra.name, f"{said}, for {extra.needed_for}")
    else:
        _line(extra.name, f"{paint('missing', 'yellow')} ({extra.needed_for} needs {said}). {extra.remedy}")


def _line(name: str, text: str) -> None:
    emit(f"{name:9} {text}")
