"""The first screen: the course, and how far the learner is. Knows labs only by their heads, so it is there at once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from netlab.app.drawing import cells, fit, pips
from netlab.app.keys import bindings
from netlab.app.messages import LabChosen
from netlab.app.texts import language, t
from netlab.app.widgets.headline import Headline
from netlab.app.widgets.keybar import KeyBar
from netlab.app.widgets.pane import Pane
from netlab.session.desk import Desk, LabRow

ROOMY = 68
"""From how many cells on a line of the course holds a measure besides its numbers."""


class HomeScreen(Screen[None]):
    """A list of labs on the left, the one under the cursor on the right."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-normal")]  # noqa: RUF012 - declared so by Textual
    AUTO_FOCUS = "#course-list"

    def __init__(self, desk: Desk, *, behind: bool = False) -> None:
        """`behind`: another screen opens over it at once; it is empty until it is `reveal`ed."""
        super().__init__()
        self._desk = desk
        self._behind = behind
        self._left = False
        self._rows: list[LabRow] = []
        self._network = ("", False)

    def compose(self) -> ComposeResult:
        if self._behind:
            return
        yield Headline()
        yield Static(id="tagline")
        with Horizontal(id="home-body"):
            yield CoursePane(t("labs"), name_id="course-pane")
            yield LabPane("", name_id="lab-pane")
        yield KeyBar()

    def on_mount(self) -> None:
        self.retell()

    def on_screen_resume(self) -> None:
        if self._behind and self._left:
            self.run_worker(self.reveal())
        elif self._rows:
            self.retell()

    def on_screen_suspend(self) -> None:
        self._left = True

    async def reveal(self) -> None:
        """Nothing is over it, or nothing any more."""
        if self._behind:
            self._behind = False
            await self.recompose()
            self.show_network(*self._network)
            self.call_after_refresh(self._laid_out)

    def _laid_out(self) -> None:
        """The lines are as wide as the list is now, and it can have the focus."""
        self.retell()
        self.set_focus(self.query_one("#course-list"))

    def retell(self) -> None:
        """Reads the progress again and writes every text in the language in force."""
        if self._behind:
            return
        self._rows = self._desk.rows()
        headline = self.query_one(Headline)
        headline.place = t("course")
        passed, total = sum(row.passed for row in self._rows), sum(row.total for row in self._rows)
        headline.progress = t("passed-of", passed=passed, total=total)
        self.query_one("#tagline", Static).update(Content(t("tagline")))
        course = self.query_one(CoursePane)
        course.heading = t("labs")
        course.show(self._rows)

    def show_network(self, text: str, notice: bool) -> None:
        """What the machine gives, once it is known."""
        self._network = (text, notice)
        if not self._behind:
            headline = self.query_one(Headline)
            headline.network, headline.notice = text, notice

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(LabPane).show(self._rows[event.option_index], self._desk)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter, or a click."""
        self.post_message(LabChosen(self._rows[event.option_index].head.id))


class CourseList(OptionList):
    """The list, with its key named as everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("course")


class CoursePane(Pane):
    """The labs, one line each."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield CourseList(id="course-list")

    def show(self, rows: list[LabRow]) -> None:
        """Draws the rows at the width that is there, keeping the cursor."""
        self._shown = rows
        options = self.query_one(OptionList)
        at = options.highlighted or 0
        options.clear_options()
        width = max(options.size.width - 2, 30) if options.size.width else 60
        options.add_options([Option(_line(row, width), id=row.head.id) for row in rows])
        options.highlighted = min(at, len(rows) - 1) if rows else None

    def on_resize(self) -> None:
        if rows := getattr(self, "_shown", None):
            self.call_after_refresh(self.show, rows)


def _line(row: LabRow, width: int) -> Content:
    """` 2  One line at a time      ====......  6/15`; without the measure where the title needs the room."""
    count = t("done") if row.done else f"{row.passed}/{row.total}" if row.started else t("not-started")
    measure = f"  {pips(row.passed, row.total)}" if width >= ROOMY else ""
    tail = f"{measure}  {' ' * max(11 - cells(count), 0)}{count}"
    title = fit(row.head.text("title", language()), width - 5 - cells(tail))
    return Content.assemble(
        (f"{row.head.number:>3}  ", "$foreground-muted"),
        title,
        (tail, "$text-success" if row.done else "$foreground-muted"),
    )


class LabPane(Pane):
    """What the lab under the cursor is about."""

    can_focus = False

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static(id="lab-about")

    def show(self, row: LabRow, desk: Desk) -> None:
        """The summary, the checkpoints passed, the folder."""
        self.heading = row.head.text("title", language())
        folder = desk.folder_shown(row)
        place = folder if row.laid_out else t("will-be-made", folder=folder)
        self.query_one("#lab-about", Static).update(
            Content.assemble(
                row.head.text("summary", language()),
                ("\n\n" + t("checkpoints") + "\n", "$foreground-muted"),
                t("passed-of", passed=row.passed, total=row.total),
                ("\n\n" + t("folder") + "\n", "$foreground-muted"),
                place,
                ("\n\n" + t("open-it"), "$text-accent"),
            )
        )
