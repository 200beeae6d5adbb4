"""The learner's files in tabs: one editor each, made when it is first looked at, so that each keeps its own undo."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static, TextArea

from netlab.app.drawing import cells, clean, fit
from netlab.app.linemarks import MarkKind, Marks
from netlab.app.texts import t
from netlab.app.widgets.editor import Editor
from netlab.app.widgets.pane import Pane, PaneTitle
from netlab.errors import NetlabError
from netlab.session.folder import WorkFolder


class FileTabs(PaneTitle):
    """The title line of the code: the files, the one in front marked, an unsaved one with a star."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filetabs--front"}

    names: reactive[tuple[str, ...]] = reactive(())
    front = reactive("")
    dirty: reactive[frozenset[str]] = reactive(frozenset())
    waiting: reactive[tuple[tuple[str, int], ...]] = reactive(())
    """Files with the first line at which a program waits."""

    def render(self) -> Content:
        style = self.get_visual_style("filetabs--front")
        mark = Content("\u25b8" if self.focused_pane else " ")
        tabs = [Content.styled(label, style if name == self.front else "") for name, label in self._labels()]
        line = Content("").join([mark, *tabs])
        state = f"{self.state} "
        room = self.size.width - line.cell_length - cells(state)
        return line.append(" " * room + state) if room >= 0 else Content(fit(line.plain, self.size.width))

    def _labels(self) -> list[tuple[str, str]]:
        waiting = {name: f"<-{line} " for name, line in self.waiting}
        return [
            (name, f" {clean(name)}{'*' if name in self.dirty else ' '}{waiting.get(name, '')}") for name in self.names
        ]

    def name_at(self, x: int) -> str:
        """The file whose tab is at that column; empty where there is none."""
        at = 1
        for name, label in self._labels():
            at += cells(label)
            if x < at:
                return name if x >= at - cells(label) else ""
        return ""

    def on_click(self, event: events.Click | None = None) -> None:
        pane = self.parent
        assert isinstance(pane, CodePane)
        if event is not None and (name := self.name_at(event.x)):
            pane.run_worker(pane.show(name, focus=True), exclusive=True)
        else:
            pane.take_focus()


class CodePane(Pane):
    """The editors. What is on disk, and whether it may be replaced, is decided by who saves (see `screens.saving`)."""

    class Edited(Message):
        """A buffer changed."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, files: WorkFolder, names: list[str]) -> None:
        super().__init__(t("code"), name_id="code")
        self._title: FileTabs = FileTabs()
        self._title.set_reactive(FileTabs.names, tuple(names))
        self._title.set_reactive(FileTabs.front, names[0] if names else "")
        self._files = files
        self._marks: Marks = {}

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield ContentSwitcher(id="editors")

    async def fill(self) -> None:
        if self._title.front:
            await self.show(self._title.front)

    # Buffers.

    @property
    def names(self) -> tuple[str, ...]:
        """The files that have a tab."""
        return self._title.names

    @property
    def front(self) -> str:
        """The file in front."""
        return self._title.front

    def editors(self) -> list[Editor]:
        """The buffers that were opened."""
        return list(self.query(Editor))

    def editor(self, name: str) -> Editor | None:
        """The buffer of a file, if it was opened."""
        return next((editor for editor in self.editors() if editor.file == name), None)

    def dirty(self) -> list[str]:
        """Files with text that is not on disk."""
        return [editor.file for editor in self.editors() if editor.dirty]

    async def open(self, name: str) -> Editor | None:
        """The buffer of a file, read now if it was not open; None where it cannot be edited, and says so there."""
        editor = self.editor(name)
        if editor is None:
            switcher = self.query_one(ContentSwitcher)
            try:
                editor = Editor(name, self._files.read(name))
            except NetlabError as error:
                await switcher.mount(Static(Content(clean(str(error))), id=_id_of(self.names, name), classes="quiet"))
                return None
            editor.id = _id_of(self.names, name)
            editor.display = False
            editor.mark_lines(self._marks.get(name, ()))
            await switcher.mount(editor)
        return editor

    async def show(self, name: str, *, line: int = 0, focus: bool = False) -> None:
        """Brings a file to the front, at a line if one is named."""
        if name not in self.names:
            self._title.names = (*self.names, name)
        editor = await self.open(name)
        self._title.front = name
        self.query_one(ContentSwitcher).current = _id_of(self.names, name)
        if editor is not None:
            if line:
                editor.go_to_line(line)
            if focus:
                editor.focus()
        self.mark()

    def mark_lines(self, marks: Marks) -> None:
        """Writes words beside lines, in every file; what was there before goes."""
        if marks == self._marks:
            return
        self._marks = marks
        for editor in self.editors():
            editor.mark_lines(marks.get(editor.file, ()))
        waits = [(name, mark.line) for name in marks for mark in marks[name] if mark.kind is MarkKind.WAITS]
        first = tuple(dict(reversed(waits)).items())
        if first != self._title.waiting:
            self._title.waiting = first
            self.follow_program()

    def follow_program(self) -> None:
        """The line at which a program waits comes into sight, unless somebody works in the editor."""
        editor, line = self.editor(self.front), dict(self._title.waiting).get(self.front, 0)
        if line and editor is not None and not editor.has_focus:
            editor.show_line(line)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.follow_program()

    async def show_mark(self, name: str, line: int) -> None:
        """Brings a file to the front and a line into sight; neither cursor nor focus moves."""
        if name != self.front:
            await self.show(name)
        if (editor := self.editor(name)) is not None:
            editor.call_after_refresh(editor.show_line, line)  # one that is new has no height before

    def mark(self, name: str = "") -> None:
        """Draws the tabs anew: which files are unsaved, where the cursor is."""
        self._title.dirty = frozenset(self.dirty())
        editor = self.editor(self.front)
        if editor is not None:
            row, column = editor.cursor_location
            self.state = t("line-column", line=row + 1, column=column + 1)

    def take_focus(self) -> None:
        editor = self.editor(self.front)
        if editor is not None:
            editor.focus()

    # Events.

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.mark()
        if isinstance(event.text_area, Editor):
            self.post_message(self.Edited(event.text_area.file))

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        event.stop()
        self.mark()

    async def on_editor_next_asked(self) -> None:
        at = self.names.index(self.front)
        await self.show(self.names[(at + 1) % len(self.names)], focus=True)


def _id_of(names: tuple[str, ...], name: str) -> str:
    return f"file-{names.index(name)}"
