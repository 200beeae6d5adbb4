"""What the guide says that a run shows. `netlab prove` runs these; each mark in the guide has one."""

from __future__ import annotations

from netlab.checks import Played, Trial, claim


@claim("listens", scene="start", programs="starter")
async def test_listens(played: Played) -> None:
    assert [row.state for row in played.sockets["server"]] == ["LISTEN"]


@claim("hello-is-fourth")
async def test_hello_is_fourth(trial: Trial) -> None:
    await (await trial.connect(await trial.serve())).hears("hello")
    frames = await trial.frames()
    assert [len(frame.payload) for frame in frames[:4]] == [0, 0, 0, 5]
