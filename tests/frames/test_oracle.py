"""netlab and tshark are given the same 14,000 frames, and have to say the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from netlab.frames.decoding import decode
from netlab.record.pcapng import write_pcapng
from tests.frames import generating, oracle
from tests.record import stories
from tests.record.run import THREE, Run

pytestmark = pytest.mark.skipif(
    shutil.which("tshark") is None, reason="tshark is not installed: apt-get install tshark"
)


def told(frames: list[bytes], folder: Path) -> list[dict[str, str]]:
    """What tshark says, by way of a pcapng file of ours."""
    run = Run(THREE)
    for data in frames:
        run.frame("client", data)
        run.wait(0.01)
    capture = folder / "frames.pcapng"
    with capture.open("wb") as file:
        write_pcapng(run.record(), file)
    return oracle.tshark(capture, folder)


def disagreements(frames: list[bytes], folder: Path) -> list[str]:
    """Frames on which the two differ, with the bytes."""
    said = told(frames, folder)
    assert len(said) == len(frames)
    pairs = zip(frames, said, strict=True)
    found = [(data, oracle.differences(decode(data), theirs)) for data, theirs in pairs]
    return [f"{data.hex()}: {'; '.join(what)}" for data, what in found if what]


def test_on_ten_thousand_frames_every_field_and_checksum_is_tsharks(tmp_path: Path) -> None:
    random = Random("frames")
    frames = [generating.frame(random) for _ in range(10_000)]

    assert disagreements(frames, tmp_path) == []
    assert not any(decode(data).malformed for data in frames)


def test_on_mutated_frames_both_agree_up_to_the_first_bad_byte_and_on_whether_there_is_one(tmp_path: Path) -> None:
    random = Random("mutations")
    frames = [generating.mutated(random, generating.frame(random)) for _ in range(4_000)]

    assert disagreements(frames, tmp_path) == []
    assert sum(bool(decode(data).malformed) for data in frames) > 1_000


@pytest.mark.parametrize("story", [stories.talk, stories.faults, stories.three])
def test_on_the_stories_of_the_ladder_too(story: object, tmp_path: Path) -> None:
    assert callable(story)
    assert disagreements([frame.data for frame in story().record().frames], tmp_path) == []
