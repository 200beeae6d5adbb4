"""What must hold between the parts of a lab: names that refer to one another, each once, and files that are there."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from typing import NoReturn

from netlab.courseware.model import CheckpointModel, Lab, ProgramModel, SceneModel
from netlab.courseware.naming import suggestion
from netlab.courseware.tables import shown
from netlab.errors import BrokenLabError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def validate(lab: Lab) -> None:
    """Raises BrokenLabError at the first contradiction."""
    _check_names(lab)
    _check_hosts(lab)
    for n, program in enumerate(lab.programs, 1):
        _check_program(lab, f"programs[{n}]", program)
    for n, checkpoint in enumerate(lab.checkpoints, 1):
        _check_prerequisite(lab, f"checkpoints[{n}]", checkpoint)
    for n, scene in enumerate(lab.scenes, 1):
        _check_scene(lab, f"scenes[{n}]", scene)
    _check_starter(lab)


def _check_names(lab: Lab) -> None:
    if lab.folder_name != f"{lab.number:02d}-{lab.id}":
        _broken(lab, "id", f'and number make "{lab.number:02d}-{lab.id}", the folder is "{lab.folder_name}".')
    for key in ("hosts", "programs"):
        _check_ids(lab, key, [item.name for item in getattr(lab, key)])
    for key in ("checkpoints", "predictions", "scenes"):
        _check_ids(lab, key, [item.id for item in getattr(lab, key)])
    if not lab.checkpoints:
        _broken(lab, "checkpoints", "are missing: a lab has at least one.")


def _check_ids(lab: Lab, key: str, ids: Sequence[str]) -> None:
    for n, name in enumerate(ids, 1):
        if not _ID.fullmatch(name):
            _broken(lab, f"{key}[{n}]", f'is called "{name}".', "Small letters, digits and single hyphens.")
        if name in ids[: n - 1]:
            _broken(lab, f"{key}[{n}]", f'is the second one called "{name}".')


def _check_hosts(lab: Lab) -> None:
    addresses = [host.address for host in lab.hosts]
    for n, address in enumerate(addresses, 1):
        try:
            ipaddress.IPv4Address(address)
        except ValueError:
            _broken(lab, f"hosts[{n}].address", f'is "{address}", which is no IPv4 address.')
        if address in addresses[: n - 1]:
            _broken(lab, f"hosts[{n}].address", f"is {address} for the second time.")


def _check_program(lab: Lab, key: str, program: ProgramModel) -> None:
    _must_know(lab, f"{key}.host", program.host, [host.name for host in lab.hosts])
    if not (lab.starter_folder / program.file).is_file():
        _broken(lab, f"{key}.file", f'is "{program.file}", which the starter does not have.')


def _check_prerequisite(lab: Lab, key: str, checkpoint: CheckpointModel) -> None:
    if not checkpoint.needs:
        return
    earlier = [other.id for other in lab.checkpoints[: lab.checkpoints.index(checkpoint)]]
    _must_know(lab, f"{key}.needs", checkpoint.needs, earlier)


def _check_scene(lab: Lab, key: str, scene: SceneModel) -> None:
    for n, step in enumerate(scene.steps, 1):
        _must_know(lab, f"{key}.steps[{n}]", step.program, [program.name for program in lab.programs])


def _check_starter(lab: Lab) -> None:
    named = lab.starter.passes + lab.starter.fails
    for checkpoint_id in named:
        _must_know(lab, "starter", checkpoint_id, [checkpoint.id for checkpoint in lab.checkpoints])
        if named.count(checkpoint_id) > 1:
            _broken(lab, "starter", f'names "{checkpoint_id}" twice.')


def check_files(lab: Lab) -> None:
    """Raises BrokenLabError where a file or a folder that every lab has is missing. Not asked for at loading: a lab
    that is being written can be looked at before it is whole."""
    for needed in (lab.test_file, lab.path / "guide.md", lab.solution_folder, lab.wrong_folder / "variants.toml"):
        if not needed.exists():
            raise BrokenLabError(f"{shown(needed)} is missing.", "Every lab has one.")


def _must_know(lab: Lab, key: str, name: str, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        _broken(lab, key, f'names "{name}", which is not known here.', suggestion(name, names))


def _broken(lab: Lab, key: str, problem: str, remedy: str = "") -> NoReturn:
    raise BrokenLabError(f"{shown(lab.path / 'lab.toml')}: {key} {problem}", remedy)
