"""The TCP state diagram over the lab: both ends of one connection, live or as they were at any change of state."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from netlab.app.drawing import clean
from netlab.app.keys import bindings
from netlab.app.screens.over import Over
from netlab.app.statediagram import HIGH, LOW, End
from netlab.app.texts import t
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.pane import PaneTitle
from netlab.app.widgets.states import StatesView
from netlab.record.flows import Connection
from netlab.record.labels import duration
from netlab.record.owners import Owner, owner
from netlab.record.record import Record
from netlab.record.states import EndPath, Step, connections, moments, paths
from netlab.session.scene import Run

LOOKS_A_SECOND = 4
_ROWS_AROUND = 2
_WIDE = 95
"""Columns in which a line has room for since when a state is, and how long it still lasts."""
_TIME_WAIT = "60 s"
"""What Linux makes of twice the maximum segment lifetime (TCP_TIMEWAIT_LEN in net/tcp.h)."""


class StatesScreen(Over[None]):
    """Follows the connection of a frame, or the newest one."""

    CSS_PATH = "states.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("states"), *bindings("sheet")]

    def __init__(self, run: Run, frame: int = 0, moment: int | None = None) -> None:
        """`moment`: nothing that came later is shown; None while the lab shows how it is."""
        super().__init__()
        self._until = moment
        self._run = run
        self._frame = frame
        self._step: int | None = None
        """Which change is looked at; None for now."""
        self._title = PaneTitle()
        self._ends = Static(classes="ends")
        self._view = StatesView()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield self._title
            yield self._ends
            yield self._view
            yield KeyBar()

    def on_mount(self) -> None:
        self._title.focused_pane = True
        self.set_interval(1 / LOOKS_A_SECOND, self.show)
        self.call_after_refresh(self.show)

    def on_resize(self, event: events.Resize) -> None:
        self.show()

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.show()

    def show(self) -> None:
        """Everything as it is now, or at the change that is looked at."""
        record, connection = self._run.record, self._connection()
        self._title.text = t("states")
        if record is None or connection is None:
            private = record is None or record.meta.network == "private"
            self._ends.update(Content(t("states-none" if private else "states-no-wire")))
            self._view.show((), "")
            return
        self._show(record, connection)

    def _show(self, record: Record, connection: Connection) -> None:
        changes = moments(record, connection)
        step = changes[self._step] if self._step is not None and self._step < len(changes) else None
        ends = paths(record, connection, step.at if step else self._until)
        past = step is not None or self._until is not None
        seconds = [None if past else self._seconds(end, other) for end, other in (ends, ends[::-1])]
        ends = _forgotten(ends, seconds)
        known = connections(record)
        place = t("states-of", number=known.index(connection) + 1, total=len(known))
        self._title.text = f"{t('states')}   {place}"
        self._title.state = self._moment(record, changes, step)
        tags = _tags(ends)
        until = step.at if step else self._until
        owners = [owner(record, end.host, end.address, other.address, until) for end, other in (ends, ends[::-1])]
        room = self.size.width
        lines = [_end_line(record, *about, room=room) for about in zip(ends, tags, owners, seconds, strict=True)]
        if self.size.height - _ROWS_AROUND - (HIGH if self.size.height >= HIGH + 6 else LOW) >= 2 * len(lines):
            lines = [line for pair in zip(lines, map(_path_line, ends), strict=True) for line in pair]
        self._ends.update(Content("\n").join(lines))
        waiting = next((_left(left) for left in seconds if left), _TIME_WAIT)
        self._view.show([End(tag, end.states) for end, tag in zip(ends, tags, strict=True)], waiting)

    def _seconds(self, end: EndPath, other: EndPath) -> float | None:
        """What is left of a wait that the kernel times; the kernel is asked for nothing else."""
        timed = end.state in ("TIME-WAIT", "FIN-WAIT-2")
        return self._run.seconds_left(end.host, end.address, other.address) if timed else None

    def _connection(self) -> Connection | None:
        record = self._run.record
        if record is None:
            return None
        record.flows.refresh()
        chosen = record.flows.connection(self._frame) if self._frame else None
        if chosen is not None and chosen.protocol == "tcp":
            return chosen
        return next(reversed(connections(record)), None)

    def _moment(self, record: Record, changes: list[Step], step: Step | None) -> str:
        if step is None or self._step is None:
            if self._until is not None:
                return f"+{duration(max(self._until - record.ends[0], 0))}"
            return t("key.change-last") if self._run.stage is not None else ""
        number = t("change-of", number=self._step + 1, total=len(changes))
        frame = f"   {t('frame-number', number=step.frame)}" if step.frame else ""
        return f"{number}   +{duration(max(step.at - record.ends[0], 0))}{frame}"

    def action_turn(self, by: int) -> None:
        """To the change before or after the one that is looked at; after the last one it is now."""
        record, connection = self._run.record, self._connection()
        if record is None or connection is None:
            return
        count = len(moments(record, connection))
        at = max((count if self._step is None else self._step) + by, 0)
        self._step = at if at < count else None
        self.show()

    def action_now(self) -> None:
        self._step = None
        self.show()

    def action_close(self) -> None:
        self.dismiss()


def _forgotten(ends: tuple[EndPath, EndPath], seconds: list[float | None]) -> tuple[EndPath, EndPath]:
    """An end that the kernel forgot when its time was over: no frame told that."""
    over = [
        replace(end, steps=(*end.steps, Step(end.steps[-1].at, "CLOSED", 0))) if left == 0 else end
        for end, left in zip(ends, seconds, strict=True)
    ]
    return over[0], over[1]


def _tags(ends: tuple[EndPath, EndPath]) -> tuple[str, str]:
    """A capital letter for each end: its host's first, where that tells them apart."""
    first, second = (end.host[:1].upper() for end in ends)
    return (
        (first, second) if first != second and (first + second).isascii() and (first + second).isalpha() else ("A", "B")
    )


def _end_line(record: Record, end: EndPath, tag: str, whose: Owner | None, left: float | None, *, room: int) -> Content:
    state = end.state if end.steps else t("unseen-state")
    parts = [f"   {t('since', time=duration(max(end.steps[-1].at - record.ends[0], 0)))}"] if end.steps else []
    parts = parts if not left or room >= _WIDE else []
    parts += [f", {_left(left)}"] if left else []
    name = f" {tag}  {end.host} {end.address[0]}:{end.address[1]}"
    holder = f"{clean(whose.file)} (pid {whose.pid})" if whose is not None else ""
    return Content.assemble(
        f"{name:<31}", (f"{holder:<22}", "$foreground-muted"), (f" {state}", "bold $text-accent"), "".join(parts)
    )


def _path_line(end: EndPath) -> Content:
    return Content.assemble((f"    {' > '.join(end.states)}", "$foreground-muted"))


def _left(seconds: float) -> str:
    return t("seconds-left", seconds=round(seconds))
