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
from netlab.checking.sightings import Sighting
from netlab.checking.trial import Actor, Door, Peer, Trial
from netlab.checking.verdicts import CheckpointFailed, CheckpointUnavailable
from netlab.network.rules import Deed, Match, Rule

__all__ = [
    "Actor",
    "CheckpointFailed",
    "CheckpointUnavailable",
    "Deed",
    "Door",
    "Match",
    "Peer",
    "Rule",
    "Sighting",
    "Trial",
    "checkpoint",
]
