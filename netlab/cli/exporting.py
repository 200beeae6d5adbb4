"""What `netlab run` and `netlab show` make of a record: a ladder or JSON lines on stdout, and files beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from netlab.cli.output import emit_lines
from netlab.cli.rungs import emit_ladder
from netlab.courseware.naming import suggestion
from netlab.errors import UsageError
from netlab.record.filters import LadderFilter
from netlab.record.record import Record
from netlab.replacing import replace_text, replacing

SVG_WIDTH = 120
"""Cells of a picture, where nobody says another width: a file does not know the terminal."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of a record, and which part of it is to be seen."""

    json: bool
    pcap: Path | None
    svg: Path | None
    save: Path | None
    width: int | None
    part: LadderFilter

    def refuse_unwritable(self) -> None:
        """Raises UsageError for a file that could not be written, before anything has run."""
        for path in (self.pcap, self.svg, self.save):
            if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
                raise UsageError(f"{path} cannot be written.", "Name a file in a folder that exists.")

    def make(self, record: Record, title: str = "") -> None:
        """Writes the files, then stdout. Raises UsageError where a file cannot be written, or a host is unknown."""
        names = [name for name, _ in record.meta.hosts]
        if self.part.host and self.part.host not in names:
            raise UsageError(f'There is no host "{self.part.host}" in this record.', suggestion(self.part.host, names))
        for path, write in ((self.save, _save), (self.pcap, _pcap)):
            if path is not None:
                _written(path, write, record)
        if self.svg is not None:
            _written(self.svg, lambda record, path: self._draw(record, path, title), record)
        if self.json:
            _emit_json_lines(record)
        else:
            emit_ladder(record, self.width or shutil.get_terminal_size((120, 24)).columns, self.part)

    def _draw(self, record: Record, path: Path, title: str) -> None:
        from netlab.record.ladder import Ladder
        from netlab.record.svg import svg

        rows = Ladder(record, self.width or SVG_WIDTH, self.part).all_rows()
        replace_text(path, svg(rows, title))


def output_options(*, save: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of both commands; they reach the command as one `wanted`."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def with_wanted(*args: Any, **options: Any) -> Any:
            part = LadderFilter(
                protocol=options.pop("protocol") or "",
                host=options.pop("host") or "",
                terminals=options.pop("terminals"),
            )
            wanted = Wanted(
                json=options.pop("as_json"),
                pcap=options.pop("pcap"),
                svg=options.pop("svg"),
                save=options.pop("save", None),
                width=options.pop("width"),
                part=part,
            )
            wanted.refuse_unwritable()
            return command(*args, wanted=wanted, **options)

        decorated: Callable[..., Any] = with_wanted
        for option in reversed(_options(save=save)):
            decorated = option(decorated)
        return decorated

    return decorate


def _options(*, save: bool) -> list[Callable[[Callable[..., Any]], Callable[..., Any]]]:
    file = click.Path(path_type=Path, dir_okay=True)
    saved = click.option("--save", type=file, metavar="FILE", help="Keep the record, for `netlab show`.")
    return [
        click.option("--json", "as_json", is_flag=True, help="Every event as a JSON line on stdout, not the ladder."),
        click.option("--pcap", type=file, metavar="FILE", help="The frames as pcapng, for Wireshark."),
        click.option("--svg", type=file, metavar="FILE", help="The ladder as a picture."),
        *([saved] if save else []),
        click.option(
            "--width", type=click.IntRange(min=60), metavar="CELLS", help="Of the ladder (else the terminal's)."
        ),
        click.option("--host", metavar="NAME", help="Only what this host sent, was sent, or did."),
        click.option("--protocol", type=click.Choice(["tcp", "udp", "icmp", "arp"]), help="Only this protocol."),
        click.option("--terminals", is_flag=True, help="What was typed and printed, too."),
    ]


def _written(path: Path, write: Callable[[Record, Path], None], record: Record) -> None:
    try:
        write(record, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from error


def _save(record: Record, path: Path) -> None:
    from netlab.record.saving import save

    save(record, path)


def _pcap(record: Record, path: Path) -> None:
    from netlab.record.pcapng import write_pcapng

    with replacing(path) as file:
        write_pcapng(record, file)


def _emit_json_lines(record: Record) -> None:
    from netlab.record.jsonlines import json_lines

    emit_lines(json_lines(record))
