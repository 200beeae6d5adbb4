"""What the server must do. netlab plays the clients."""

from __future__ import annotations

from netlab.checks import Trial, checkpoint


@checkpoint("listens", port=7811)
async def test_listens(trial: Trial) -> None:
    server = await trial.serve()
    await trial.connect(server)


@checkpoint("greets")
async def test_greets(trial: Trial) -> None:
    server = await trial.serve()
    for _ in range(2):
        peer = await trial.connect(server)
        await peer.hears("hello")
        await peer.hears_end()
