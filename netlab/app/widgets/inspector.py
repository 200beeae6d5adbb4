"""A frame opened: its layers and fields on the left, its bytes on the right, the bytes of the chosen field lit."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from netlab.app.drawing import clean
from netlab.app.fieldtexts import field_name
from netlab.app.hexdump import byte_at, dump_row, dump_width, rows
from netlab.app.keys import bindings
from netlab.app.outline import Entry, Group, entry_at
from netlab.app.texts import language, t
from netlab.record.cells import width

_NAMES = 19
"""Cells of a field's name; a longer one pushes its value to the right."""
_OUTER = frozenset({"layer.ethernet", "layer.ipv4", "layer.ipv6"})
"""Folded at first, unless there is room for everything: what one opens a frame for is further in."""


class FieldList(ScrollView, can_focus=True, inherit_bindings=False):
    """Layers as heads that can be folded, their fields below them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("rows"), *bindings("fields")]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"fields--{name}" for name in ("head", "name", "value", "wrong", "chosen")}

    class Chosen(Message):
        """Another field is under the cursor."""

        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self) -> None:
        super().__init__()
        self._groups: tuple[Group, ...] = ()
        self._folded = set(_OUTER)
        self._lines: list[Entry] = []
        self._cursor = 0

    @property
    def chosen(self) -> Entry | None:
        """The field under the cursor."""
        return self._lines[self._cursor] if self._cursor < len(self._lines) else None

    def show(self, groups: tuple[Group, ...]) -> None:
        """Another frame; the cursor stays on the same field where there is one."""
        before, place = self.chosen, self._cursor
        self._groups = groups
        if before is None and sum(1 + len(group.fields) for group in groups) <= self.size.height:
            self._folded.clear()
        self._lay_out()
        kept = [at for at, entry in enumerate(self._lines) if before and entry.id == before.id]
        first = next((at for at, entry in enumerate(self._lines) if entry.id not in _OUTER), 0)
        self._move_to(min(kept, key=lambda at: abs(at - place)) if kept else first)

    def choose_byte(self, offset: int) -> None:
        """The cursor to the field that a byte is of; its layer opens for that."""
        entry = entry_at(self._groups, offset)
        group = next((group for group in self._groups if entry in (group.head, *group.fields)), None)
        if entry is not None and group is not None:
            self._folded.discard(group.head.id)
            self._lay_out()
            self._move_to(self._lines.index(entry))

    def _lay_out(self) -> None:
        self._lines = []
        for group in self._groups:
            self._lines.append(group.head)
            self._lines += () if group.head.id in self._folded else group.fields
        self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()

    def _move_to(self, line: int) -> None:
        self._cursor = max(min(line, len(self._lines) - 1), 0)
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        if not top <= self._cursor < top + height:
            self.scroll_to(y=self._cursor if self._cursor < top else self._cursor - height + 1, animate=False)
        self.refresh()
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def action_move(self, by: int) -> None:
        self._move_to(self._cursor + by)

    def action_page(self, by: int) -> None:
        self._move_to(self._cursor + by * max(self.size.height - 1, 1))

    def action_first(self) -> None:
        self._move_to(0)

    def action_last(self) -> None:
        self._move_to(len(self._lines))

    def action_fold(self) -> None:
        """Folds the layer of the chosen field, or opens it."""
        group = next((group for group in self._groups if self.chosen in (group.head, *group.fields)), None)
        if group is not None and group.fields:
            self._folded ^= {group.head.id}
            self._lay_out()
            self._move_to(self._lines.index(group.head))

    def on_click(self, event: events.Click) -> None:
        line = event.y + self.scroll_offset.y
        if line < len(self._lines):
            self._move_to(line)
            if self.chosen and self.chosen.id.startswith("layer."):
                self.action_fold()

    def render_line(self, y: int) -> Strip:
        base, at = self.rich_style, y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip([]).adjust_cell_length(self.size.width, base)
        here = at == self._cursor
        strip = Strip(self._segments(self._lines[at], "\u25b8" if here else " "))
        if strip.cell_length > self.size.width:
            strip = Strip([*strip.crop(0, self.size.width - 2), Segment("..", self._look("name"))])
        strip = strip.adjust_cell_length(self.size.width, base)
        ground = Style(bgcolor=self.get_component_rich_style("fields--chosen").bgcolor)
        return strip.apply_style(base + ground if here else base)

    def _segments(self, entry: Entry, mark: str) -> list[Segment]:
        name = field_name(entry.id, entry.name, language())
        if entry.id.startswith("layer."):
            group = next(group for group in self._groups if group.head == entry)
            sign = " " if not group.fields else "+" if entry.id in self._folded else "-"
            head = self._look("wrong" if entry.id == "layer.malformed" else "head")
            return [Segment(f"{mark}{sign} {name}  ", head), Segment(clean(entry.text), self._look("value"))]
        gap = " " * max(_NAMES - width(name), 0)
        segments = [
            Segment(f"{mark}    {name}{gap} ", self._look("name")),
            Segment(clean(entry.text), self._look("value")),
        ]
        if entry.right is not None:
            word = t("checksum-right") if entry.right else t("checksum-wrong", ought=entry.ought)
            segments.append(Segment(f" {word}", self._look("name" if entry.right else "wrong")))
        return segments

    def _look(self, name: str) -> Style:
        """Colour and weight alone: the background is the line's."""
        style = self.get_component_rich_style(f"fields--{name}")
        return Style(color=style.color, bold=style.bold)


class HexView(ScrollView, can_focus=False):
    """The bytes: eight a line, sixteen where there is room."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"hex--lit", "hex--quiet", "hex--byte"}

    class ByteChosen(Message):
        """A byte was clicked."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self) -> None:
        super().__init__()
        self._data = b""
        self._lit = range(0)
        self.per_row = 8

    def fit(self, per_row: int) -> None:
        """So many bytes a line, and as wide as that takes."""
        self.per_row = per_row
        self.styles.width = dump_width(per_row) + 2
        self._lay_out()

    def show(self, data: bytes, lit: range) -> None:
        """These bytes, some of them lit, and those in sight."""
        self._data, self._lit = data, lit
        self._lay_out()
        row, height = lit.start // self.per_row, max(self.size.height, 1)
        if not self.scroll_offset.y <= row < self.scroll_offset.y + height:
            self.scroll_to(y=max(row - height // 3, 0), animate=False)

    def _lay_out(self) -> None:
        self.virtual_size = Size(dump_width(self.per_row), rows(len(self._data), self.per_row))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        base, row = self.rich_style, y + self.scroll_offset.y
        looks = {name: self.get_component_rich_style(f"hex--{name}") for name in ("lit", "quiet", "byte")}
        runs = dump_row(self._data, row, self.per_row, self._lit) if row * self.per_row < len(self._data) else []
        names = ["lit" if run.lit else "quiet" if run.quiet else "byte" for run in runs]
        strip = Strip([Segment(run.text, looks[name]) for run, name in zip(runs, names, strict=True)])
        return strip.adjust_cell_length(self.size.width, base).apply_style(base)

    def on_click(self, event: events.Click) -> None:
        offset = byte_at(event.x - self.gutter.left, event.y + self.scroll_offset.y, self.per_row)
        if 0 <= offset < len(self._data):
            self.post_message(self.ByteChosen(offset))
