"""One frame, opened over the lab: fields, bytes, and a sentence about what is under the cursor.

Frame 4 of 17   client > server   +81 ms                        delivered
+ Ethernet  02:..:01 > 02:..:02      | 0000  02 00 00 00 00 02 ...  |......|
- TCP  35270 > 7788 PSH,ACK          | 0020  00 02[89 c6]1e 6c ...  |......|
   source port         35270         |
----------------------------------------------------------------------------
source port  35270   bytes 34 to 35
The sender's port; ...
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from netlab.app import frametexts
from netlab.app.keys import bindings
from netlab.app.outline import outline
from netlab.app.screens.over import Over
from netlab.app.widgets.inspector import FieldList, HexView
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.pane import PaneTitle
from netlab.frames.decoding import decode
from netlab.record.callbook import CallBook
from netlab.record.record import Record

ROOMY = 112
"""Columns from which on a line has sixteen bytes."""


class FrameScreen(Over[int]):
    """Closed, it gives the number of the frame that was open last."""

    CSS_PATH = "frame.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("frame"), *bindings("sheet")]

    def __init__(self, record: Record, book: CallBook, number: int, moment: int | None = None) -> None:
        """`moment`: the frame as it stood then, and none that came later; None while the lab shows how it is."""
        super().__init__()
        self._moment = moment
        self._record = record
        self._book = book
        self.number = number
        self._title = PaneTitle()
        self._fields = FieldList()
        self._bytes = HexView()
        self._about = Static(classes="about")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield self._title
            with Horizontal():
                yield self._fields
                yield self._bytes
            yield self._about
            yield KeyBar()

    def on_mount(self) -> None:
        self._title.focused_pane = True
        self._fields.focus()
        self.call_after_refresh(self.show, self.number)

    def on_resize(self, event: events.Resize) -> None:
        self._bytes.fit(16 if event.size.width >= ROOMY else 8)

    def show(self, number: int) -> None:
        """Another frame; one that is not in the record changes nothing."""
        frames = self._record.frames
        if not 0 < number <= (len(frames) if self._moment is None else frames.count_until(self._moment)):
            return
        self.number = number
        seen = frames.as_of(number, self._moment)
        self._title.text = frametexts.title(self._record, seen)
        self._title.state = frametexts.fate(seen)
        self._record.flows.refresh()
        self._book.refresh()
        self._fields.show(outline(decode(seen.data), self._record.flows.connection(number)))

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.show(self.number)

    def on_field_list_chosen(self, message: FieldList.Chosen) -> None:
        entry = message.entry
        self._bytes.show(self._record.frames.number(self.number).data, range(entry.start, entry.end))
        name, sentence = frametexts.about(entry)
        code = frametexts.code(self._book.of_frame(self.number))
        again = frametexts.again(self._record, self.number)
        lines = [Content.assemble((name, "bold")), Content(sentence), Content("   ".join(filter(None, (code, again))))]
        self._about.update(Content("\n").join(lines))

    def on_hex_view_byte_chosen(self, message: HexView.ByteChosen) -> None:
        self._fields.choose_byte(message.offset)

    def action_turn(self, by: int) -> None:
        self.show(self.number + by)

    def action_close(self) -> None:
        self.dismiss(self.number)
