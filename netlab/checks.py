"""What a lab's test file imports: the mark of a checkpoint, and the hands to judge with.

from netlab.checks import Trial, checkpoint

@checkpoint("echo")
async def test_echo(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    peer.say(b"hello")
    await peer.hears(b"hello")

A prediction (`[[predictions]]` in lab.toml) is measured: its test runs the learner's programs and returns what came
out: a number, one of the choices, or `yes` or `no`; in `Measured`, with the frames that prove it. It runs only where
the learner's answers.toml answers it. With a `scene` it is never held against an answer: `netlab prove` sees there that
the right answer is measured, and not known beforehand. Either may raise CheckpointFailed where the programs do not come
that far: then nothing is measured.

    @prediction("tcp-frames-before-data")
    async def test_frames_before_data(trial: Trial) -> Measured:
        return await frames_before_data(trial)

    @prediction("tcp-frames-before-data", scene="the first SYN is lost")
    async def test_frames_before_data_with_a_lost_syn(trial: Trial) -> Measured:
        await trial.rules(LOSE_SYN)
        return await frames_before_data(trial)

A sentence of the guide that says what a run shows ends with `<!-- claim: letter-comes-first -->`, in each language, and
has an assertion in test_claims.py. Only `netlab prove` runs those, on the solution's programs or on those named.

    @claim("letter-comes-first", scene="call-and-letter", programs="starter")
    async def test_letter_comes_first(played: Played) -> None:
        assert played.frames("udp")[0].payload == HELLO
"""

from netlab.checking.actor import Actor
from netlab.checking.difference import compared, escaped, shown
from netlab.checking.door import Door
from netlab.checking.lastlines import ends_with_traceback
from netlab.checking.mailbox import Mailbox
from netlab.checking.marks import checkpoint, claim, prediction
from netlab.checking.measured import Measured
from netlab.checking.peer import Peer
from netlab.checking.played import Played
from netlab.checking.sightings import Sighting
from netlab.checking.trial import Trial
from netlab.checking.verdicts import CheckpointFailed, CheckpointUnavailable
from netlab.checking.waits import A_MOMENT, PATIENCE
from netlab.network.rules import Deed, Match, Rule

__all__ = [
    "A_MOMENT",
    "PATIENCE",
    "Actor",
    "CheckpointFailed",
    "CheckpointUnavailable",
    "Deed",
    "Door",
    "Mailbox",
    "Match",
    "Measured",
    "Peer",
    "Played",
    "Rule",
    "Sighting",
    "Trial",
    "checkpoint",
    "claim",
    "compared",
    "ends_with_traceback",
    "escaped",
    "prediction",
    "shown",
]
