"""`netlab show`: a saved record as text, or converted."""

from __future__ import annotations

from pathlib import Path

import click

from netlab.cli.common import language_option
from netlab.cli.exporting import Wanted, output_options
from netlab.record.saving import open_record


@click.command("show")
@click.argument("record", type=click.Path(path_type=Path))
@output_options(save=False)
@language_option
def command(record: Path, wanted: Wanted) -> None:
    """Show a saved record: its ladder, or what --json, --pcap and --svg make of it."""
    opened = open_record(record)
    try:
        wanted.make(opened, title=" ".join(filter(None, (opened.meta.lab, opened.meta.scene))))
    finally:
        opened.close()
