"""The workbench: holds the screens, the theme and the language. What is known of a lab is in its session."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from netlab.app import themes
from netlab.app.commands import commands
from netlab.app.garbage import look_rarely
from netlab.app.keys import bindings
from netlab.app.messages import LabChosen
from netlab.app.notices import tell_error, warn
from netlab.app.screens.home import HomeScreen
from netlab.app.scrolling import PlainScrollBar
from netlab.app.texts import t, use_language
from netlab.errors import NetlabError
from netlab.session.desk import Desk

if TYPE_CHECKING:
    from netlab.app.faults import Fault


class NetlabApp(App[int], inherit_bindings=False):
    """One learner's workbench. Returns the exit code of `netlab`."""

    TITLE = "netlab"
    CSS_PATH: ClassVar = ["app.tcss", "screens/home.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    ENABLE_COMMAND_PALETTE = True
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, desk: Desk, lab: str | None = None, *, language: str = "en", theme: str = "") -> None:
        """`theme`, or the one that was chosen last."""
        super().__init__()
        use_language(language)
        ScrollBar.renderer = PlainScrollBar
        for ours in themes.OURS:
            self.register_theme(ours)
        self._desk = desk
        chosen = theme or desk.settings.get("theme", themes.DARK.name)
        self.theme = chosen if chosen in self.available_themes else themes.DARK.name
        self._first_lab = lab
        self.with_tour = False
        """Whether somebody who has never seen a lab screen is shown around."""
        self.fault: Fault | None = None
        """What netlab itself did wrong; it ends of that."""

    def get_default_screen(self) -> Screen[Any]:
        return HomeScreen(self._desk, behind=bool(self._first_lab))

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = themes.completed(super().get_css_variables())
        return self.theme_variables

    def on_mount(self) -> None:
        asyncio.get_running_loop().set_exception_handler(self._hear_loop)
        if self._first_lab:
            self.open_lab(self._first_lab)
        self.call_after_refresh(self.look_at_network)

    @work(exclusive=True, group="network")
    async def look_at_network(self) -> None:
        """Says on the first screen what the machine gives; where it is the loopback, why, and what to do."""
        capability = self._desk.capability()
        home = self.screen_stack[0]
        assert isinstance(home, HomeScreen)
        home.show_network(t("private" if capability.private else "loopback"), not capability.private)
        if not capability.private:
            text = t("loopback-notice", reason=capability.reason, remedy=capability.remedy)
            warn(self, text)

    def on_lab_chosen(self, message: LabChosen) -> None:
        self.open_lab(message.lab)

    @work(exclusive=True, group="open")
    async def open_lab(self, lab: str) -> None:
        """Opens a lab over the course, after a word with whoever else has its folder open."""
        from netlab.app.opening import open_lab  # the editor and its grammar: not before they are needed

        try:
            await open_lab(self, self._desk, lab)
        except NetlabError as error:
            tell_error(self, error)
        if isinstance(self.screen, HomeScreen):
            await self.screen.reveal()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return commands(self, screen, self._desk)

    def choose_theme(self, theme: str) -> None:
        """From now on, in the next netlab too."""
        self.theme = theme
        self._desk.settings.put("theme", theme)

    def choose_language(self, language: str) -> None:
        """Every screen is told anew, at once; the next netlab speaks it, too."""
        use_language(language)
        self._desk.settings.put("language", language)
        for screen in self.screen_stack:
            if (retell := getattr(screen, "retell", None)) is not None:
                retell()
            screen.refresh(layout=True)
            screen.refresh_bindings()

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=t("palette-search"), id="--command-palette"))

    def action_help(self) -> None:
        from netlab.app.screens.help import HelpScreen

        about = self.screen_stack[-2] if isinstance(self.screen, CommandPalette) else self.screen
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(about))

    @work(exclusive=True, group="leave")
    async def action_leave(self) -> None:
        """Ends netlab, unless the lab that is open has something to lose and the learner thinks again."""
        for screen in reversed(self.screen_stack):
            may_leave = getattr(screen, "may_leave", None)
            if may_leave is not None and not await may_leave("quit-title"):
                return
        self.exit(0)

    def _hear_loop(self, loop: asyncio.AbstractEventLoop, told: dict[str, Any]) -> None:
        """What fails in the session's own tasks and callbacks is a fault like any other, or told like any other."""
        error = told.get("exception")
        if isinstance(error, NetlabError):
            self.call_later(tell_error, self, error)
        elif isinstance(error, Exception):
            self._handle_exception(error)
        else:
            loop.default_exception_handler(told)

    def _handle_exception(self, error: Exception) -> None:
        """An error that nobody foresaw: the learner's text is kept before anything else."""
        if self.fault is None:
            from netlab.app.faults import take_note

            self.fault = take_note(error, self.screen_stack)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Ends the app, without Textual's traceback: see `fault_app`."""
        self._close_messages_no_wait()


AGAIN = -1
"""What `run` returns where netlab is to be opened anew, in a process that knows nothing of this one."""


def run(lab: str | None = None, language: str = "en") -> int:
    """Opens the workbench, at a lab if one is named, and returns its exit code. The process is to be inside already.

    Raises UsageError for an unknown lab and UnavailableError where this netlab has no labs, before the screen changes.
    """
    from netlab.courseware.course import load_course
    from netlab.progress.opening import open_progress
    from netlab.progress.places import data_folder

    look_rarely()
    course = load_course()
    chosen = course.find_head(lab).id if lab else None
    warnings: list[str] = []
    progress = open_progress(warnings.append)
    app = NetlabApp(Desk(course, progress, data_folder()), chosen, language=language)
    app.with_tour = True
    for line in warnings:
        app.call_later(warn, app, line)
    try:
        code = app.run() or app.return_code or 0
    finally:
        progress.close()
    return code if app.fault is None else _tell_fault(app.fault, app.theme)


def _tell_fault(fault: Fault, theme: str) -> int:
    from netlab.app.fault_app import FaultApp

    return AGAIN if FaultApp(fault, theme).run() else 2
