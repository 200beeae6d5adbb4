"""A guide as steps: each `## ` heading of `guide.md` begins one. What stands before the first is the introduction."""

from __future__ import annotations

import re
from dataclasses import dataclass

from netlab.courseware.claims import without_marks
from netlab.courseware.model import Lab

_HEADING = re.compile(r"^## +(.+?)\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
_BLANK_BETWEEN = re.compile(rf"(?<={_WIDE})[ \n]+(?={_WIDE})")
"""Chinese is written without blanks, and an end of a line in the file is none either."""


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step of a guide."""

    id: str
    """`step-1`, `step-2`, ...; `introduction`. The same in every language, so that a tick stays where it was."""
    title: str
    text: str
    """Markdown, without the heading."""


def load_guide(lab: Lab, language: str = "en") -> tuple[GuideStep, ...]:
    """The guide in that language, in English where there is no translation; the introduction first, if it has text."""
    translated = lab.path / f"guide.{language}.md"
    path = translated if translated.is_file() else lab.path / "guide.md"
    return parse_guide(path.read_text("utf-8"), lab.text("title", language))


def parse_guide(text: str, title: str) -> tuple[GuideStep, ...]:
    """Splits at the `## ` headings that are not inside a fenced block. `title` heads the introduction.

    The marks of claims are gone (see `claims`), and with them blanks and ends of lines inside Chinese sentences.
    """
    parts: list[tuple[str, list[str]]] = [(title, [])]
    fence = ""
    for line in without_marks(text).splitlines():
        fence = _fence_after(line, fence)
        heading = None if fence else _HEADING.match(line)
        if heading:
            parts.append((heading[1], []))
        elif not (len(parts) == 1 and line.startswith("# ")):
            _append(parts[-1][1], line, code=bool(fence or _FENCE.match(line)))
    steps = [
        GuideStep(f"step-{n}" if n else "introduction", heading, "\n".join(lines).strip())
        for n, (heading, lines) in enumerate(parts)
    ]
    return tuple(step for step in steps if step.text or step.id != "introduction")


def _append(lines: list[str], line: str, *, code: bool) -> None:
    """The next line of a step; of a paragraph in Chinese it goes on where the last one ended."""
    if code or not lines:
        lines.append(line)
        return
    whole = _BLANK_BETWEEN.sub("", f"{lines[-1]}\n{line}")
    lines[-1:] = whole.split("\n")


def _fence_after(line: str, fence: str) -> str:
    """Which fence is open after this line, if any."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    return "" if match[1] == fence else fence
