"""The one place where facts of a session become Textual messages."""

from __future__ import annotations

from textual.message_pump import MessagePump

from netlab.app.messages import Told
from netlab.session.facts import Fact
from netlab.session.session import LabSession


def connect(session: LabSession, screen: MessagePump) -> None:
    """From now on the screen is sent every fact, in order. A screen that has gone is sent nothing."""

    def tell(fact: Fact) -> None:
        if screen.is_running:
            screen.post_message(Told(fact))

    session.subscribe(tell)
