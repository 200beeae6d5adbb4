"""Where each line of a ladder is, without listing them: a line is a frame, or a note that stands alone.

Frames may be a million, notes are few. A line's number is found by bisection over the frames' times and over the notes,
so that any page of the longest record is as near as any other.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable
from dataclasses import dataclass, field

from netlab.record.calls import Call
from netlab.record.events import Event, StateChanged
from netlab.record.store import FrameStore

_NEAR = 6
"""So many notes around a moment are looked at for one that belongs to it."""


@dataclass(slots=True, eq=False)
class Note:
    """What one host did at one moment: at most a call's entry, its return and a state."""

    at: int
    host: str
    """Empty where it is about no host."""
    call: Call | None = None
    enters: bool = False
    returns: bool = False
    states: list[StateChanged] = field(default_factory=list)
    event: Event | None = None
    """A program, a terminal or an action."""


class Order:
    """Frames that are shown, and notes that stand alone, in the order of time; a note follows a frame of its moment."""

    def __init__(self, frames: FrameStore, *, all_frames: bool) -> None:
        """`all_frames`: none is left out, so that they need not be listed."""
        self._frames = frames
        self._shown: array[int] | None = None if all_frames else array("I")
        self._alone: list[Note] = []
        self.taken = 0
        """Number of the last frame that is known."""

    def __len__(self) -> int:
        return (self.taken if self._shown is None else len(self._shown)) + len(self._alone)

    def __getitem__(self, index: int) -> Note | int:
        """A note, or a frame's number."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        before = self._notes_before(index)
        if before < len(self._alone) and self.line_of_note(before) == index:
            return self._alone[before]
        return self._number(index - before)

    def take(self, count: int, wanted: Callable[[int], bool]) -> None:
        """Frames up to number `count` are known now; those that are `wanted` are shown."""
        if self._shown is not None:
            self._shown.extend(number for number in range(self.taken + 1, count + 1) if wanted(number))
        self.taken = count

    def shows(self, number: int) -> bool:
        """Whether a frame has a line."""
        if self._shown is None or not 0 < number <= self.taken:
            return 0 < number <= self.taken
        rank = bisect_left(self._shown, number)
        return rank < len(self._shown) and self._shown[rank] == number

    def frames_until(self, at: int) -> int:
        """How many of the shown frames had come by then."""
        count = min(self._frames.count_until(at), self.taken)
        return count if self._shown is None else bisect_right(self._shown, count)

    def lines_until(self, at: int) -> int:
        """How many lines are of what had happened by then."""
        return self.frames_until(at) + bisect_right(self._alone, at, key=_at)

    def line_of_frame(self, number: int) -> int:
        """Index of the line of a frame, or of the next one that is shown."""
        rank = number - 1 if self._shown is None else bisect_left(self._shown, number)
        return rank + bisect_right(self._alone, rank, key=lambda note: self.frames_until(note.at))

    def line_of_note(self, rank: int) -> int:
        """Index of the line of the note that stands at this place among the notes."""
        return self.frames_until(self._alone[rank].at) + rank

    def rank_of(self, fits: Callable[[Note], bool]) -> int | None:
        """The place among the notes of the first that fits."""
        return next((rank for rank, note in enumerate(self._alone) if fits(note)), None)

    def stand(self, note: Note) -> Note:
        """Give a note a line of its own."""
        insort(self._alone, note, key=_at)
        return note

    def remove(self, note: Note) -> None:
        """Take its line away."""
        self._alone.remove(note)

    def near(self, host: str, at: int, fits: Callable[[Note], bool]) -> Note | None:
        """A note of a host that stands near a moment, with no frame between."""
        rank = bisect_right(self._alone, at, key=_at)
        for note in reversed(self._alone[max(rank - _NEAR, 0) : rank + _NEAR]):
            if note.host == host and fits(note) and self.frames_until(note.at) == self.frames_until(at):
                return note
        return None

    def _number(self, rank: int) -> int:
        return rank + 1 if self._shown is None else self._shown[rank]

    def _notes_before(self, index: int) -> int:
        """How many notes have a line before this one."""
        low, high = 0, len(self._alone)
        while low < high:
            middle = (low + high) // 2
            if self.line_of_note(middle) < index:
                low = middle + 1
            else:
                high = middle
        return low


def _at(note: Note) -> int:
    return note.at
