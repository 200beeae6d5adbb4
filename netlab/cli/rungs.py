"""A record's ladder in a plain terminal, in colours where they are wanted."""

from __future__ import annotations

from netlab.cli.output import Style, emit, paint
from netlab.record.filters import ALL, LadderFilter
from netlab.record.ladder import Ladder
from netlab.record.record import Record
from netlab.record.rows import Role, Row

_STYLES: dict[Role, tuple[Style, ...]] = {
    Role.HEADING: ("bold",),
    Role.DELAY: ("dim",),
    Role.NUMBER: ("dim",),
    Role.FLAGS: ("cyan",),
    Role.FATE: ("red", "bold"),
    Role.AGAIN: ("yellow",),
    Role.PROBLEM: ("red",),
    Role.STATE: ("green",),
    Role.CALL: ("blue",),
    Role.WAITING: ("yellow",),
    Role.ERROR: ("red",),
    Role.NOTICE: ("yellow",),
}


def emit_ladder(record: Record, width: int, part: LadderFilter = ALL) -> None:
    """Heading, every row, and what is not in the record."""
    for row in Ladder(record, width, part).all_rows():
        emit(_painted(row).rstrip())


def _painted(row: Row) -> str:
    return "".join(paint(span.text, *_STYLES.get(span.role, ())) for span in row.spans)
