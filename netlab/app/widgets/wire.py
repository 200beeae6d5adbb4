"""The wire: how it stands, the ladder of a run under its heading, and the slider over the run's time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from netlab.app import wirewords
from netlab.app.handkeys import applies
from netlab.app.keys import bindings
from netlab.app.texts import t
from netlab.app.widgets.ladder import LadderView
from netlab.app.widgets.ladder_drawing import LadderHeading
from netlab.app.widgets.pane import Pane
from netlab.app.widgets.timeline import TimeLine
from netlab.app.widgets.wireline import WireLine, Word
from netlab.record.callbook import CallBook
from netlab.record.events import ActionTaken
from netlab.record.past import wire_at
from netlab.record.record import Record
from netlab.record.rows import Row
from netlab.session.hands import NOTHING, Standing
from netlab.session.scripting import Script


class WirePane(Pane):
    """The ladder under its heading, with the words and the keys that lay hands on the wire."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("frozen"), *bindings("wire")]

    class HandAsked(Message):
        """The learner wants something done to the wire: one of `handkeys.DEEDS`."""

        def __init__(self, deed: str) -> None:
            super().__init__()
            self.deed = deed

    class ScrubAsked(Message):
        """The learner wants to go so many events on, or back."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class ScriptAsked(Message):
        """The learner wants to see the wire script, or to have it used by F5, or not."""

        def __init__(self, *, toggle: bool) -> None:
            super().__init__()
            self.toggle = toggle

    def __init__(self, *, private: bool, reason: str = "") -> None:
        """`reason`: why there is no wire, where the network is not private."""
        super().__init__(t("wire"), name_id="wire")
        self._private = private
        self._reason = reason
        self._line = WireLine()
        self._heading = LadderHeading()
        self._view = LadderView()
        self._time = TimeLine()
        self.moment: int | None = None
        """What is shown is how the record was then; None for now."""
        self._standing = NOTHING
        self._script = Script()
        self._handled = False
        self._events_seen = 0
        self._keys_told: tuple[object, ...] = ()
        self.record: Record | None = None
        self.book: CallBook | None = None
        """The record's calls."""
        self._version = -1

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self._line
        yield self._heading
        yield self._view
        yield self._time

    async def fill(self) -> None:
        self.retell()
        self.show_heading()

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.heading = t("wire")
        self._view.quiet = t("no-frames" if self._private else "no-wire")
        if not self._private and self._reason:
            self._view.quiet += f" {self._reason}"
        self._tell_state()
        self._tell_line()
        self._tell_time()
        self._view.refresh()

    def show(self, record: Record | None) -> None:
        """The ladder of this record from now on."""
        self.record, self._version = record, -1
        self.moment, self._handled, self._events_seen = None, False, 0
        self.book = CallBook(record) if record is not None else None
        self._view.show(record)
        self.show_heading()
        self.pull()
        self._tell_line()
        self._tell_time()

    def pull(self) -> None:
        """Draws what is new in the record."""
        record = self.record
        if record is None or record.version == self._version:
            return
        self._version = record.version
        self._look_for_hands(record)
        if self.moment is not None:
            self._tell_time()
            return
        if self._view.ladder is not None:
            self._view.ladder.refresh()
        if self.book is not None:
            self.book.refresh()
        self._view.fit()
        self._tell_state()
        self._tell_line()

    # Hands.

    def stand(self, standing: Standing, script: Script) -> None:
        """How the wire stands, and what the next F5 makes of the wire script."""
        if (standing, script) != (self._standing, self._script):
            self._standing, self._script = standing, script
            self._tell_line()
            self._tell_time()

    @property
    def chosen_frame(self) -> int:
        """The number of the frame whose row is chosen; 0 for none."""
        return self._view.chosen.frame if self._view.chosen is not None else 0

    def can(self, deed: str) -> bool:
        """Whether that makes sense now."""
        return self.moment is None and applies(deed, self._standing, self.chosen_frame, handled=self._handled)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "hand":
            return self.can(str(parameters[0]))
        if action == "scrub":
            return self.record is not None and (self.moment is not None or parameters[0] in (-1, -20))
        return True

    def action_hand(self, deed: str) -> None:
        self.post_message(self.HandAsked(deed))

    def action_scrub(self, by: int) -> None:
        self.post_message(self.ScrubAsked(by))

    def action_choose(self, number: int) -> None:
        self._view.choose_frame(number)

    def action_show_script(self) -> None:
        self.post_message(self.ScriptAsked(toggle=False))

    def action_toggle_script(self) -> None:
        self.post_message(self.ScriptAsked(toggle=True))

    def _look_for_hands(self, record: Record) -> None:
        """Whether anything was done to a frame by hand that could be kept."""
        for event in record.arrivals[self._events_seen :]:
            self._handled |= isinstance(event, ActionTaken) and event.action in ("drop", "hold")
        self._events_seen = len(record.arrivals)

    def _tell_line(self) -> None:
        if self.record is not None and self.record.meta.network == "loopback":
            self._line.show([Word(f" {t('wire-none', reason=self._reason)} ", "quiet")], [])
            return
        now = self._standing_then()
        said = list(wirewords.said(self.record, now))
        said += wirewords.script(self.record, self._script)
        deeds = [word for word in self._offered() if self.moment is None]
        self._line.show(said, deeds)
        self._view.mark_next(now.queued[0] if now.frozen and now.queued else 0)
        self._tell_keys()

    def _tell_keys(self) -> None:
        """Which keys apply, where that is not what was said last: everything that `check_action` looks at."""
        keys = self._standing, self.chosen_frame, self._handled, self.moment, self.record is None
        if keys != self._keys_told:
            self._keys_told = keys
            self.refresh_bindings()

    def _standing_then(self) -> Standing:
        """How the wire stands or, in the past, stood."""
        if self.record is None or self.moment is None:
            return self._standing
        then = wire_at(self.record, self.moment)
        return Standing(live=False, frozen=then.frozen, queued=then.queued, held=then.held, cut=then.cut)

    def _offered(self) -> list[Word]:
        return wirewords.offered(self._standing, self.chosen_frame, handled=self._handled)

    # Time.

    def go_to_time(self, moment: int | None) -> None:
        """Shows how the record was at a moment, or how it is."""
        self.moment = moment
        if self.record is not None:
            self.book = CallBook(self.record, moment)
            self.book.refresh()
        self._view.show_until(moment)
        self._version = -1
        self.show_heading()
        self.pull()
        self._tell_state()
        self._tell_line()
        self._tell_time()

    def on_ladder_view_now_asked(self) -> None:
        if self.moment is not None:
            self.post_message(TimeLine.Moved(None))

    def _tell_time(self) -> None:
        """The slider is there in the past, and where a run is over."""
        record = self.record
        over = record is not None and not self._standing.live and record.ends[0] < record.ends[1]
        self._time.display = self.moment is not None or over
        self._time.show(record, self.moment)

    def go_to_frame(self, number: int) -> None:
        """Brings a frame into sight."""
        self._view.choose_frame(number)

    @property
    def chosen(self) -> Row | None:
        """The row that is chosen."""
        return self._view.chosen

    def link(self, frames: frozenset[int], calls: frozenset[str]) -> None:
        """Marks the rows of these frames and calls."""
        self._view.link(frames, calls)

    def on_ladder_view_scrolled(self) -> None:
        self.show_heading()
        self._tell_state()

    def show_heading(self) -> None:
        """The heading, where the rows are scrolled to sideways."""
        ladder = self._view.ladder
        self._heading.show(ladder.heading() if ladder is not None else [], self._view.scroll_offset.x)

    def _tell_state(self) -> None:
        count = len(self.record.frames) if self.record is not None else 0
        parts = [t("one-frame") if count == 1 else t("frames", count=f"{count:,}")] if count else []
        parts += [] if self._view.follows else [t("paused")]
        self.state = "   ".join(parts)
