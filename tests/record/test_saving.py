from __future__ import annotations

from pathlib import Path

import pytest

from netlab.errors import UsageError
from netlab.record.jsonlines import json_lines
from netlab.record.ladder import Ladder
from netlab.record.record import Record, RecordMeta
from netlab.record.saving import MAGIC, open_record, save
from tests.record import stories

DATA = Path(__file__).with_name("data")


@pytest.mark.parametrize("story", [stories.talk, stories.faults, stories.three, stories.changing_fates])
def test_a_record_that_was_saved_is_the_same_record(story: object, tmp_path: Path) -> None:
    assert callable(story)
    record = story().record()
    save(record, tmp_path / "run.netlab")
    again = open_record(tmp_path / "run.netlab")

    assert again.meta == record.meta
    assert list(again.frames) == list(record.frames)
    assert again.events == record.events
    assert again.flows.dump() == record.flows.dump()
    assert Ladder(again, 160).text() == Ladder(record, 160).text()


def test_the_past_of_a_frame_is_saved_too(tmp_path: Path) -> None:
    record = stories.changing_fates().record()
    save(record, tmp_path / "run.netlab")
    again = open_record(tmp_path / "run.netlab")
    moments = [record.frames.at(1) + milliseconds * 1_000_000 for milliseconds in range(0, 50, 5)]
    for moment in moments:
        assert Ladder(again, 80, until=moment).text() == Ladder(record, 80, until=moment).text()
    assert len({again.frames.as_of(1, moment).fate for moment in moments}) == 3


def test_the_past_of_a_frame_is_found_in_a_record_that_was_saved_without(tmp_path: Path) -> None:
    path = tmp_path / "run.netlab"
    record = stories.changing_fates().record()
    save(record, path)
    content = path.read_bytes()
    place = content.index(b"PAST")
    length = int.from_bytes(content[place + 4 : place + 12], "little")
    path.write_bytes(content[:place] + content[place + 12 + length :])
    assert open_record(path).frames.history.arrays() == record.frames.history.arrays()


def test_a_record_that_was_opened_can_be_saved_again(tmp_path: Path) -> None:
    save(stories.talk().record(), tmp_path / "first.netlab")
    save(open_record(tmp_path / "first.netlab"), tmp_path / "second.netlab")
    assert (tmp_path / "first.netlab").read_bytes() == (tmp_path / "second.netlab").read_bytes()


def test_a_record_without_a_wire_is_saved_too(tmp_path: Path) -> None:
    save(Record(RecordMeta((("client", "127.0.0.1"),), network="loopback")), tmp_path / "run.netlab")
    assert len(open_record(tmp_path / "run.netlab").frames) == 0


def test_nothing_is_left_beside_a_record_that_could_not_be_saved(tmp_path: Path) -> None:
    (tmp_path / "run.netlab").mkdir()
    with pytest.raises(OSError, match=r"run\.netlab"):
        save(stories.talk().record(), tmp_path / "run.netlab")
    assert [path.name for path in tmp_path.iterdir()] == ["run.netlab"]


def test_a_record_of_version_1_opens_for_ever() -> None:
    record = open_record(DATA / "chat-v1.netlab")
    assert record.meta.version == 1
    assert record.meta.lab == "chat-server"
    assert len(record.frames) >= 15
    assert list(json_lines(record)) == (DATA / "chat-v1.jsonl").read_text().splitlines()
    assert "SYN,ACK seq=0 ack=1" in Ladder(record, 100).text()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not a netlab record"),
        (b"\x0a\x0d\x0d\x0a" * 8, "is not a netlab record"),
        (MAGIC, "is not a netlab record"),
        (MAGIC + b"\x02\x00", "newer netlab"),
        (MAGIC + b"\x01\x00", "is damaged"),
        (MAGIC + b"\x01\x00META" + b"\xff" * 8, "ends within section META"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "run.netlab"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=message):
        open_record(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        open_record(tmp_path / "run.netlab")


def test_a_record_cut_anywhere_is_refused_or_whole(tmp_path: Path) -> None:
    path = tmp_path / "run.netlab"
    save(stories.talk().record(), path)
    content = path.read_bytes()
    for length in range(0, len(content) - 1, 41):
        path.write_bytes(content[:length])
        with pytest.raises(UsageError):
            open_record(path)


def test_a_record_with_a_byte_changed_is_refused_or_drawn(tmp_path: Path) -> None:
    path = tmp_path / "run.netlab"
    save(stories.three().record(), path)
    content = path.read_bytes()
    for at in range(0, len(content), 17):
        path.write_bytes(content[:at] + bytes([content[at] ^ 0xA5]) + content[at + 1 :])
        try:
            Ladder(open_record(path), 80).text()
        except UsageError:
            continue
