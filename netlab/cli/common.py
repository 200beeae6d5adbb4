"""What commands share: the language option, names of labs with their completion, and the learner's progress."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from netlab.cli import diagnostics
from netlab.cli.language import LANGUAGES, choose_language
from netlab.courseware.course import load_course
from netlab.courseware.folders import existing_folder, near, work_folder
from netlab.errors import NetlabError, UnavailableError, UsageError
from netlab.progress.opening import open_progress
from netlab.progress.store import Progress

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from netlab.courseware.model import Lab
    from netlab.network.entering import Capability

    NameType = click.ParamType[str]
else:
    NameType = click.ParamType  # not generic in every click that will do

F = TypeVar("F", bound=Callable[..., Any])


class LabName(NameType):
    """A lab, by id, number or folder name; completed from the course."""

    name = "lab"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return lab_completions(ctx, incomplete)


class CheckpointName(NameType):
    """A checkpoint of the lab that stands before it."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        named = ctx.params.get("lab") or next(iter(ctx.params.get("labs") or ()), "")
        with contextlib.suppress(NetlabError):
            ids = load_course().find_head(named).checkpoints
            return [CompletionItem(name) for name in ids if name.startswith(incomplete)]
        return []


def lab_completions(ctx: click.Context, incomplete: str) -> list[CompletionItem]:
    """The labs whose id begins so, each with its title."""
    from click.shell_completion import CompletionItem

    with contextlib.suppress(NetlabError):
        heads, reads = load_course().heads, language(ctx)
        return [CompletionItem(h.id, help=h.text("title", reads)) for h in heads if h.id.startswith(incomplete)]
    return []


def language(ctx: click.Context, remembered: str = "") -> str:
    """`en` or `zh`: the option where it was given, before or after the command's name."""
    return choose_language(ctx.find_root().meta.get("netlab.language"), remembered=remembered)


def _remember_language(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().meta["netlab.language"] = value


language_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    expose_value=False,
    callback=_remember_language,
    help="The labs' language (else NETLAB_LANG, else the locale's).",
)

folder_option = click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Your folder for this lab, instead of ./netlab-work/NN-id.",
)


def _find_python(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    path = shutil.which(value) if value else None
    if value and path is None:
        raise UsageError(f'There is no Python "{value}".', "Give its name or its path.")
    return Path(path) if path else None


python_option = click.option(
    "--python",
    metavar="PYTHON",
    callback=_find_python,
    help="Runs the programs (else the .venv in their folder, else netlab's own).",
)

yes_option = click.option("--yes", "-y", is_flag=True, help="Do not ask.")


def lab_argument(name: str = "lab", **how: Any) -> Callable[[F], F]:
    """The LAB argument."""
    return click.argument(name, type=LabName(), metavar=how.pop("metavar", "LAB"), **how)


@contextlib.contextmanager
def progress() -> Iterator[Progress]:
    """The learner's progress; where it cannot be used, one line says so and the command goes on."""
    kept = open_progress(diagnostics.note)
    try:
        yield kept
    finally:
        kept.close()


def found_folder(lab: Lab, directory: Path | None, kept: Progress) -> Path:
    """The learner's folder. Where it is not here, the error names the one that they used last."""
    last = kept.folder(lab.id)
    if directory is None and not work_folder(lab).exists() and last is not None and last.is_dir():
        raise UsageError(f"There is no folder {near(work_folder(lab))} here.", f"You last worked in: --dir {last}")
    return existing_folder(lab, directory)


def network_or_refusal() -> Capability:
    """What this machine gives. Raises UnavailableError where the user insists on more (`NETLAB_NETWORK=private`)."""
    from netlab.network.entering import insists_on_private, probe

    capability = probe()
    if insists_on_private() and not capability.private:
        raise UnavailableError(capability.reason, capability.remedy)
    return capability
