"""The lab screen: guide, code, terminals, wire and checkpoints around one session.

    netlab | 2 Chat server          step 2 of 6   4 of 15 passed   private network
    Guide          | server.py  client.py                                  line 12
    ...            |  9  connection, address = listener.accept()
    ---------------+-----------------------------+--------------------------------
    Checkpoints    | server  10.0.0.2    running | client  10.0.0.1       running
    ...            |-----------------------------+--------------------------------
    ...            | Wire
    F5 Run  F9 Check  F6 Next pane ...

What happens is decided in the session; what is drawn, in the panes; here, only who is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical

from netlab.app import garbage
from netlab.app.keys import bindings
from netlab.app.messages import PaneChosen, PlaceChosen, Told
from netlab.app.screens import handling, offers, saving, telling
from netlab.app.screens.arranging import Arrangement
from netlab.app.screens.linking import Linking
from netlab.app.screens.panes import Panes
from netlab.app.screens.runactions import RunActions
from netlab.app.screens.scrubbing import Scrubbing
from netlab.app.screens.ticking import Ticking
from netlab.app.texts import language
from netlab.app.widgets.checks import ChecksPane
from netlab.app.widgets.code import CodePane
from netlab.app.widgets.editor import Editor
from netlab.app.widgets.guide import GuidePane
from netlab.app.widgets.headline import Headline
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.ladder import LadderView
from netlab.app.widgets.tabline import TabLine
from netlab.app.widgets.terminal_pane import TerminalPane
from netlab.app.widgets.timeline import TimeLine
from netlab.app.widgets.wire import WirePane
from netlab.courseware.heads import LabHead
from netlab.network.entering import Capability
from netlab.session.session import LabSession
from netlab.session.settings import Settings
from netlab.session.steps import GuideMarks

KEPT_AFTER = 0.5
"""Seconds of typing that a crash may cost."""


class LabScreen(RunActions):
    """One lab, open."""

    CSS_PATH = "lab.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("lab")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-normal"), (150, "-wide")]  # noqa: RUF012 - declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 - declared so by Textual
    AUTO_FOCUS = ""

    def __init__(
        self, session: LabSession, capability: Capability, settings: Settings, next_lab: LabHead | None = None
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.next_lab = next_lab
        """What follows in the course."""
        self._capability = capability
        self._step = (0, 0)
        self._programs = Horizontal(id="programs")
        self._to_keep: set[str] = set()
        """Files whose text is to be kept in a moment."""
        self.filled = False
        """Whether every pane has its content."""

    def compose(self) -> ComposeResult:
        session = self.session
        yield Headline()
        yield TabLine()
        with Horizontal(id="lab-body"):
            with Vertical(id="side"):
                marks = GuideMarks(session.lab, self.settings, session.checks.passed_ids)
                yield GuidePane(session.guide(language()), marks)
                yield ChecksPane(session.lab, session.checks, session.predictions)
            with Container(id="work"):
                yield CodePane(session.files, session.file_names())
                with self._programs:
                    for program in session.lab.programs:
                        yield TerminalPane(session, program.name, session.lab.host(program.host), program.file)
                yield WirePane(private=self._capability.private, reason=self._capability.reason)
        yield KeyBar()

    def on_mount(self) -> None:
        self.panes = Panes(self)
        self.arrangement = Arrangement(self)
        self.linking = Linking(self)
        self.scrubbing = Scrubbing(self)
        self.tell_place()
        self._ticking = Ticking(self)
        self.call_after_refresh(self._fill)

    async def _fill(self) -> None:
        """What is heavy comes after the first paint."""
        with self.app.batch_update():  # one painting, not one for each pane
            for pane in (self.code, self.guide, self.checks, *self.terminals, self.wire):
                await pane.fill()
        if not self.panes.zoom_again() and self.focused is None:
            self.panes.go_to("code" if self.panes.side_by_side else "guide")
        handling.stand(self)
        garbage.keep_what_is_there()
        self.filled = True
        self.welcome(toured=not getattr(self.app, "with_tour", False))

    @property
    def code(self) -> CodePane:
        return self.query_one(CodePane)

    @property
    def guide(self) -> GuidePane:
        return self.query_one(GuidePane)

    @property
    def checks(self) -> ChecksPane:
        return self.query_one(ChecksPane)

    @property
    def wire(self) -> WirePane:
        return self.query_one(WirePane)

    @property
    def terminals(self) -> list[TerminalPane]:
        return [pane for pane in self._programs.children if isinstance(pane, TerminalPane)]

    def retell(self) -> None:
        """Every text again, in the language in force."""
        self.tell_place()
        self.checks.retell()
        self.code.mark()
        self.wire.retell()
        for terminal in self.terminals:
            terminal.retell()
        self.call_later(self.guide.retell, self.session.guide(language()))

    def tell_place(self) -> None:
        """Writes the line at the top."""
        telling.tell_place(self, self._capability, *self._step)

    # What the session tells, and what is drawn many times a second.

    def on_told(self, message: Told) -> None:
        telling.show(self, message.fact)
        self.tell_place()

    def draw_live(self, live: bool) -> None:
        """Whether terminals and wire are looked at many times a second."""
        self._ticking.live(live)

    def on_ladder_view_chosen(self, message: LadderView.Chosen) -> None:
        self.linking.chosen(message.row)

    def on_ladder_view_opened(self, message: LadderView.Opened) -> None:
        self.linking.opened(message.row)

    def on_wire_pane_hand_asked(self, message: WirePane.HandAsked) -> None:
        self.run_worker(handling.take(self, message.deed), group="hands")

    def on_wire_pane_script_asked(self, message: WirePane.ScriptAsked) -> None:
        self.run_worker(handling.show_script(self, toggle=message.toggle), group="hands")

    def on_wire_pane_scrub_asked(self, message: WirePane.ScrubAsked) -> None:
        self.scrubbing.move(message.by)

    def on_time_line_moved(self, message: TimeLine.Moved) -> None:
        self.scrubbing.go(message.moment)

    @on(GuidePane.Turned)
    def _turned(self, message: GuidePane.Turned) -> None:
        self._step = (message.step, message.steps)
        self.tell_place()

    # What the learner does.

    def action_next_pane(self) -> None:
        self.panes.go(1)

    def action_previous_pane(self) -> None:
        self.panes.go(-1)

    def action_zoom(self) -> None:
        self.panes.zoom()

    def action_states(self) -> None:
        self.linking.open_states()

    @work(exclusive=True, group="leave")
    async def action_course(self) -> None:
        if await self.may_leave("leave-title"):
            await self.leave()

    async def may_leave(self, title: str) -> bool:
        """Whether nothing would be lost, or the learner says that it may."""
        return await saving.may_leave(self, title)

    async def leave(self) -> None:
        """Ends the session and goes back to the course."""
        await self.session.close()
        self.dismiss()  # not awaited: who asks may be a worker of this screen, and end with it

    async def on_unmount(self) -> None:
        garbage.let_go()
        await self.session.close()

    @on(CodePane.Edited)
    def _edited(self, message: CodePane.Edited) -> None:
        if message.name not in self._to_keep:
            self._to_keep.add(message.name)
            self.set_timer(KEPT_AFTER, partial(self._keep_unsaved, message.name), name="keep unsaved text")

    def _keep_unsaved(self, name: str) -> None:
        self._to_keep.discard(name)
        saving.keep_unsaved(self, name)

    @on(Editor.SaveAsked)
    @work(exclusive=True, group="save")
    async def _save_asked(self) -> None:
        await saving.save(self, self.code.front)

    def on_pane_chosen(self, message: PaneChosen) -> None:
        self.panes.go_to(message.pane)

    async def on_place_chosen(self, message: PlaceChosen) -> None:
        if message.file in self.code.names:
            self.panes.bring("code")
            await self.code.show(message.file, line=message.line, focus=True)
        elif message.frame:
            self.panes.go_to("wire")
            self.wire.go_to_frame(message.frame)

    def commands(self) -> Iterator[SystemCommand]:
        """What this screen adds to the palette."""
        return offers.offered(self)
