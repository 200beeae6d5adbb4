"""Every scene of every lab, played by its solution; tshark reads each frame as the ladder does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from netlab.courseware.loading import load_lab
from netlab.frames.decoding import decode
from netlab.network.entering import Capability
from netlab.record.pcapng import write_pcapng
from netlab.stage.scene import play
from netlab.stage.stage import Stage
from tests.frames.oracle import differences, tshark
from tests.labs.conftest import COURSE

pytestmark = [
    pytest.mark.network,
    pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed: apt-get install tshark"),
]

SILENT = ("two-servers",)
"""Scenes in which nobody calls."""
SCENES = [(head.id, scene.id) for head in COURSE.heads for scene in load_lab(head.path).scenes]


@pytest.mark.parametrize(("lab_id", "scene_id"), SCENES)
async def test_a_scene_plays_and_tshark_sees_the_same(lab_id: str, scene_id: str, tmp_path: Path) -> None:
    lab = load_lab(COURSE.find_head(lab_id).path)
    folder, capture = tmp_path / "mine", tmp_path / "run.pcapng"
    shutil.copytree(lab.solution_folder, folder)
    async with Stage.open(lab, folder, capability=Capability(private=True), scene=scene_id) as stage:
        await play(stage, lab.scene(scene_id))
        await stage.sync()
        record = stage.recording.record
        with capture.open("wb") as file:
            write_pcapng(record, file)
        frames = [decode(seen.data) for seen in record.frames]
    record.close()
    told = tshark(capture, tmp_path)
    assert len(told) == len(frames)
    assert frames or scene_id in SILENT
    assert [differences(frame, seen) for frame, seen in zip(frames, told, strict=True)] == [[]] * len(frames)
