"""A frame that does not pass at once, and the fates that the log knows."""

from __future__ import annotations

from netlab.record.wirelog import BY_HAND, FATES, NO_RULE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from netlab.network.relay.matching import Selector

(
    DELIVERED, DROPPED, HELD, QUEUED, DELAYED, DUPLICATED, REORDERED, CORRUPTED, UNREACHABLE, LEFT, TRAVELLING,
) = range(len(FATES))  # fmt: skip

__all__ = [
    "BY_HAND", "CORRUPTED", "DELAYED", "DELIVERED", "DROPPED", "DUPLICATED", "HELD", "LEFT", "QUEUED", "REORDERED",
    "TRAVELLING", "UNREACHABLE", "Frame",
]  # fmt: skip


class Frame:
    """A frame on its way, and what has been decided about it."""

    __slots__ = (
        "behind",
        "data",
        "fate",
        "gone",
        "is_copy",
        "judged",
        "number",
        "queued",
        "rule",
        "sender",
        "text",
        "until",
    )

    def __init__(self, number: int, sender: int, data: bytes) -> None:
        self.number = number
        self.sender = sender
        self.data = data
        self.rule = NO_RULE
        self.judged = False
        """Whether the rules have had their say."""
        self.is_copy = False
        """Whether the frame itself has gone its way already."""
        self.queued = False
        """Whether it stands, or stood, in the queue of a frozen wire."""
        self.fate = DELIVERED
        """What it will have been, once it is delivered."""
        self.text = ""
        """What else there is to say of its fate."""
        self.gone = False
        """Whether it was delivered: a frame may wait in two places, and is let go by the first."""
        self.until: Selector | None = None
        """Frames that let this one go."""
        self.behind = 0
        """How many frames of the same way are still to overtake it."""
