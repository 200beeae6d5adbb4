"""The slider over a run's time: where in the past one is, or that it is now. A click or a drag goes to that moment."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from netlab.app.drawing import cells
from netlab.app.texts import t
from netlab.record import past
from netlab.record.labels import duration
from netlab.record.record import Record

LEAST = 12
"""Cells of a track that is worth drawing."""


class TimeLine(Widget):
    """` |=========o------------|  3.21 s of 7.94 s, frame 14   Esc now`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"timeline--track", "timeline--gone", "timeline--knob", "timeline--now"}

    class Moved(Message):
        """The learner wants to see this moment, or now."""

        def __init__(self, moment: int | None) -> None:
            super().__init__()
            self.moment = moment

    def __init__(self) -> None:
        super().__init__()
        self._record: Record | None = None
        self._moment: int | None = None
        self._dragged = False

    def show(self, record: Record | None, moment: int | None) -> None:
        """This record, at this moment; None is now."""
        self._record, self._moment = record, moment
        self.refresh()

    def render(self) -> Content:
        record = self._record
        if record is None:
            return Content("")
        said, back = self._texts(record)
        track = self._track
        style_of = self.get_visual_style
        share = 1.0 if self._moment is None else past.share_at(record, self._moment)
        gone = round(share * (track - 1))
        return Content.assemble(
            " |",
            ("=" * gone, style_of("timeline--gone")),
            ("o", style_of("timeline--knob")),
            ("-" * (track - 1 - gone), style_of("timeline--track")),
            f"|{said}",
            (back, style_of("timeline--now")),
        )

    @property
    def _track(self) -> int:
        """Cells of the track between its two bars."""
        said, back = self._texts(self._record) if self._record is not None else ("", "")
        return max(self.size.width - 3 - cells(said) - cells(back), LEAST)

    def _texts(self, record: Record) -> tuple[str, str]:
        begun, ended = record.ends
        whole = duration(max(ended - begun, 0))
        if self._moment is None:
            return f"  {t('time-whole', whole=whole)}  ", ""
        frame = record.frames.count_until(self._moment)
        then = t("time-then", then=duration(max(self._moment - begun, 0)), whole=whole, frame=frame)
        return f"  {then}  ", f" {t('time-back')} "

    def _moment_at(self, x: int) -> int | None:
        """What a click there means: the far right, and the words behind it, are now."""
        track = self._track
        if self._record is None or x - 2 >= track - 1:
            return None
        return past.at_share(self._record, (x - 2) / (track - 1))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged = True
        self.capture_mouse()
        self.post_message(self.Moved(self._moment_at(event.x)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            self.post_message(self.Moved(self._moment_at(event.x)))

    def on_mouse_up(self) -> None:
        self._dragged = False
        self.release_mouse()
