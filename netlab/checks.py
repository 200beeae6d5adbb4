"""What a lab's test file imports: the mark of a checkpoint, and the hands to judge with.

from netlab.checks import Trial, checkpoint

@checkpoint("echo")
async def test_echo(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say(b"hello")
    await peer.hears(b"hello")
"""

from netlab.checking.plugin import checkpoint
from netlab.checking.trial import Actor, Door, Peer, Trial
from netlab.checking.verdicts import CheckpointFailed, CheckpointUnavailable

__all__ = ["Actor", "CheckpointFailed", "CheckpointUnavailable", "Door", "Peer", "Trial", "checkpoint"]
