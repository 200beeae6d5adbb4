"""One file in an editor: Textual's TextArea, with colours from the theme's tokens and nothing that a terminal obeys."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.color import Color
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import TextAreaTheme

from netlab.app.drawing import cells, clean
from netlab.app.keys import bindings
from netlab.app.linemarks import LineMark, MarkKind

_COLOURS = {
    "comment": ("", "italic"),
    "string": ("text-success", ""),
    "string.documentation": ("text-success", ""),
    "keyword": ("text-primary", "bold"),
    "keyword.function": ("text-primary", "bold"),
    "keyword.return": ("text-primary", "bold"),
    "keyword.operator": ("text-primary", "bold"),
    "conditional": ("text-primary", "bold"),
    "repeat": ("text-primary", "bold"),
    "include": ("text-primary", "bold"),
    "exception": ("text-primary", "bold"),
    "number": ("text-accent", ""),
    "float": ("text-accent", ""),
    "boolean": ("text-accent", ""),
    "constant.builtin": ("text-accent", ""),
    "function": ("text-secondary", ""),
    "function.call": ("text-secondary", ""),
    "method": ("text-secondary", ""),
    "method.call": ("text-secondary", ""),
    "class": ("text-secondary", ""),
    "type": ("text-secondary", ""),
    "type.class": ("text-secondary", ""),
}
"""Theme token (none: muted) and text style of what the grammar names."""


class Editor(TextArea, inherit_bindings=True):
    """The text of one file. Knows no disk: saving is asked for by a message."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("editor")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"editor--{kind.value}" for kind in MarkKind}

    class SaveAsked(Message):
        """The learner wants this file saved."""

    class NextAsked(Message):
        """The learner wants to see the next file."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(
            text,
            language="python" if name.endswith(".py") else None,
            soft_wrap=False,
            show_line_numbers=True,
            tab_behavior="indent",
            highlight_cursor_line=True,
            compact=True,
        )
        self.file = name
        self.saved = text
        """The text as it is on disk, as far as is known."""
        self._marks: tuple[LineMark, ...] = ()

    @property
    def dirty(self) -> bool:
        """Whether something is here that is not on disk."""
        return self.text != self.saved

    def on_mount(self) -> None:
        self.cursor_blink = False
        self._wear_theme()
        self.app.theme_changed_signal.subscribe(self, lambda theme: self._wear_theme())

    def replace_all(self, text: str) -> None:
        """Another text, as one change that can be undone; the cursor stays at its line as well as can be."""
        at, top = self.cursor_location, self.scroll_offset
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor((min(at[0], self.document.line_count - 1), at[1]))
        self.scroll_to(y=top.y, animate=False)

    def go_to_line(self, line: int) -> None:
        """The cursor to a line, counted from 1, in the middle of what is seen."""
        row = min(max(line - 1, 0), self.document.line_count - 1)
        self.move_cursor((row, 0), center=True)

    def mark_lines(self, marks: tuple[LineMark, ...]) -> None:
        """Writes these words beside their lines, in place of those that were there."""
        changed = {mark.line for mark in set(marks) ^ set(self._marks)}
        self._marks = marks
        for line in changed:
            self.refresh_lines(line - 1)

    def show_line(self, line: int) -> None:
        """A line, counted from 1, into sight; the cursor stays where it is."""
        top, height = self.scroll_offset.y, self.size.height
        if not top < line <= top + height:
            self.scroll_to(y=max(line - 1 - height // 2, 0), animate=False)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        marks = [mark for mark in self._marks if mark.line == y + self.scroll_offset.y + 1]
        return self._with_marks(strip, marks) if marks and marks[0].line <= self.document.line_count else strip

    def _with_marks(self, strip: Strip, marks: list[LineMark]) -> Strip:
        """The words behind the line's end; over it, at the right edge, where there is no room."""
        segments = [
            Segment(f" {mark.text} ", self.get_component_rich_style(f"editor--{mark.kind.value}")) for mark in marks
        ]
        words, width = Strip(segments), self.scrollable_content_region.width
        text = self.get_line(marks[0].line - 1).plain.expandtabs(self.indent_width)
        end = self.gutter_width + cells(text) - self.scroll_offset.x + 2
        at = max(min(end, width - words.cell_length), self.gutter_width)
        return Strip([*strip.crop(0, at), *words, *strip.crop(at + words.cell_length)]).crop(0, strip.cell_length)

    def get_line(self, line_index: int) -> Text:
        line = super().get_line(line_index)
        if line.plain.isprintable():
            return line
        return Text("\t".join(map(clean, line.plain.split("\t"))), end="", no_wrap=True)

    def action_save(self) -> None:
        self.post_message(self.SaveAsked())

    def action_next_file(self) -> None:
        self.post_message(self.NextAsked())

    def _wear_theme(self) -> None:
        """Registers the theme's colours under the theme's name."""
        tokens = self.app.theme_variables
        styles = {name: _style(tokens, token, text) for name, (token, text) in _COLOURS.items()}
        name = f"netlab:{self.app.theme}"
        self.register_theme(TextAreaTheme(name, syntax_styles=styles))
        self.theme = name


def _style(tokens: dict[str, str], token: str, text_style: str) -> Style:
    """The style of one token; none names the muted foreground, which Textual's tokens only know as a transparency."""
    foreground, surface = Color.parse(tokens["foreground"]), Color.parse(tokens["surface"])
    named = tokens.get(token, "") if token else ""
    colour = Color.parse(named) if named and not named.startswith("auto") else foreground
    return Style.parse(text_style) + Style(color=(colour if token else foreground.blend(surface, 0.4)).rich_color)
