from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from netlab.record.jsonlines import event_from_json, event_to_json, json_lines
from netlab.record.ladder import Ladder
from netlab.record.pcapng import comment, write_pcapng
from netlab.record.svg import svg
from tests.record import stories
from tests.record.run import ACK, PSH, Run, tcp

NAMESPACE = "{http://www.w3.org/2000/svg}"


def test_json_lines_are_the_meta_and_every_event_in_the_order_of_time() -> None:
    meta, *events = map(json.loads, json_lines(stories.talk().record()))
    assert meta["event"] == "record"
    assert meta["hosts"] == [["client", "10.0.0.1"], ["server", "10.0.0.2"]]
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    frames = [event for event in events if event["event"] == "frame-seen"]
    assert [frame["fate"] for frame in frames[4:7]] == ["delivered", "dropped", "delivered"]
    assert frames[0]["summary"] == "SYN 40112>7788 seq=0"
    assert bytes.fromhex(frames[3]["data"]).endswith(b"hello")


def test_an_event_comes_back_from_json_as_it_was() -> None:
    for event in stories.talk().record().events:
        assert event_from_json(json.loads(json.dumps(event_to_json(event)))) == event


@pytest.mark.parametrize(
    "value", [{}, {"event": "frame-seen"}, {"event": "frames-lost"}, {"event": "frames-lost", "x": 1}]
)
def test_an_event_that_is_none_of_ours_is_refused(value: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        event_from_json(value)


def test_a_comment_says_what_became_of_a_frame() -> None:
    record = stories.talk().record()
    record.flows.refresh()
    said = [comment(record, frame) for frame in record.frames]
    assert said[0] == "frame 1 from client to server, delivered"
    assert said[5] == "frame 6 from client, lost: rule 1 of wire.toml"
    assert said[6] == "frame 7 from client to server, sent again, 204 ms later"


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed: apt-get install tshark")
@pytest.mark.parametrize("story", [stories.talk, stories.faults, stories.three])
def test_tshark_opens_the_capture_without_a_complaint(story: object, tmp_path: Path) -> None:
    assert callable(story)
    record = story().record()
    with (tmp_path / "run.pcapng").open("wb") as file:
        write_pcapng(record, file)

    rows = read_with_tshark(tmp_path / "run.pcapng", "frame.interface_name", "frame.comment", "frame.time_epoch")
    assert [name for name, _, _ in rows] == [frame.sender for frame in record.frames]
    assert [said for _, said, _ in rows] == [comment(record, frame) for frame in record.frames]
    stamps = [record.wall_clock(frame.at) for frame in record.frames]
    assert [time for _, _, time in rows] == [f"{at // 10**9}.{at % 10**9:09d}" for at in stamps]


def read_with_tshark(path: Path, *fields: str) -> list[list[str]]:
    """Rows of fields; anything on stderr is a complaint, but the one about who runs it."""
    asked = [word for field in fields for word in ("-e", field)]
    command = ["tshark", "-n", "-r", str(path), "-T", "fields", *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line for line in done.stderr.splitlines() if "as user" not in line] == []
    return [line.split("\t") for line in done.stdout.splitlines()]


def test_an_empty_record_is_a_capture_too() -> None:
    file = io.BytesIO()
    write_pcapng(Run().record(), file)
    assert file.getvalue()[:4] == b"\x0a\x0d\x0d\x0a"


def test_the_picture_holds_the_same_words_as_the_text() -> None:
    ladder = Ladder(stories.talk().record(), 100)
    picture = ElementTree.fromstring(svg(ladder.all_rows(), "talk"))
    drawn = "".join("".join(text.itertext()) for text in picture.iter(f"{NAMESPACE}text"))
    assert "".join(drawn.split()) == "".join(ladder.text().split())


def test_the_picture_is_self_contained() -> None:
    picture = svg(Ladder(stories.three().record(), 80).all_rows())
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "url(" not in picture
    assert "<script" not in picture


def test_hostile_bytes_do_not_break_the_picture() -> None:
    run = Run()
    run.frame("client", tcp(stories.CLIENT, stories.SERVER, PSH | ACK, 1, 1, b'</text><script>&\x00\x1b\xff"]]>'))
    picture = ElementTree.fromstring(svg(Ladder(run.record(), 160).all_rows(), "<&\x00>"))
    assert not list(picture.iter(f"{NAMESPACE}script"))
