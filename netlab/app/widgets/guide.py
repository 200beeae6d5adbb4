"""The guide, a step at a time. Nothing advances by itself: the learner turns the pages and ticks off the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from netlab.app.drawing import cells, clean
from netlab.app.keys import bindings, find, spelled
from netlab.app.texts import t
from netlab.app.widgets.pane import Pane
from netlab.courseware.guide import GuideStep
from netlab.session.steps import GuideMarks

TICK = "\u2713"


class GuidePane(Pane):
    """The step that the learner is at, and the way to its neighbours."""

    class Turned(Message):
        """Another step is shown."""

        def __init__(self, step: int, steps: int) -> None:
            super().__init__()
            self.step = step
            self.steps = steps

    def __init__(self, steps: Sequence[GuideStep], marks: GuideMarks) -> None:
        super().__init__(t("guide"), name_id="guide")
        self._steps = steps
        self._marks = marks
        self._at = marks.place(steps)
        self.complete = False
        """Whether the lab is finished: then there is a way on behind the last step."""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield GuideBody(Static(Content(t("loading")), classes="quiet"), id="guide-body")
        yield StepLine()

    async def fill(self) -> None:
        await self._show()

    async def retell(self, steps: Sequence[GuideStep]) -> None:
        """The same step in another language."""
        self._steps = steps
        self.heading = t("guide")
        await self._show()

    async def action_step(self, by: int) -> None:
        """Turns the page, where there is one."""
        await self.go_to(self._at + by)

    async def go_to(self, at: int) -> None:
        """That step, from 0, or the nearest that there is."""
        to = min(max(at, 0), len(self._steps) - 1)
        if self._steps and to != self._at:
            self._at = to
            self._marks.turned(self._steps[to])
            await self._show()

    def action_tick(self) -> None:
        """This step is done, or is not."""
        if self._steps:
            self._marks.toggle(self._steps[self._at])
            self.mark()

    def mark(self) -> None:
        """Draws the ticks anew: checkpoints may have passed, or the learner said something."""
        if not self._steps or not self.query("#step-title"):
            return
        step = self._steps[self._at]
        title = f"[{TICK if self._marks.done(step) else ' '}] {clean(step.title)}"
        self.query_one("#step-title", Static).update(Content(title))
        self.query_one("#step-checkpoints", Static).update(self._checkpoints(step))
        self.state = t("step-of", step=self._at + 1, steps=len(self._steps))
        done = [self._marks.done(one) for one in self._steps]
        self.query_one(StepLine).show(self._at, done, self.complete)

    def _checkpoints(self, step: GuideStep) -> Content:
        """Those that the step names, passed or not."""
        passed, named = self._marks.passed(), self._marks.named(step)
        head = [Content.styled(t("step-checkpoints"), "$foreground-muted")] if named else []
        lines = [
            Content.styled(f" {TICK if one in passed else '.'} {one}", "$text-success" if one in passed else "")
            for one in named
        ]
        return Content("\n").join([*head, *lines])

    async def _show(self) -> None:
        from textual.widgets import Markdown  # 0.2 s of the first paint, were it imported with the rest

        body = self.query_one("#guide-body", VerticalScroll)
        async with self.batch():
            await body.remove_children()
            if not self._steps:
                await body.mount(Static(Content(t("no-guide")), classes="quiet"))
                return
            text = Markdown(self._steps[self._at].text, open_links=False)
            await body.mount(StepTitle(id="step-title"), text, Static(id="step-checkpoints"))
            self.mark()
        body.scroll_home(animate=False)
        self.post_message(self.Turned(self._at + 1, len(self._steps)))


class StepTitle(Static):
    """`[x] What to do`; a click ticks it off."""

    def on_click(self) -> None:
        pane = next(node for node in self.ancestors if isinstance(node, GuidePane))
        pane.action_tick()


class GuideBody(VerticalScroll):
    """The step's text. It has the focus, so it has the keys that turn the page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("guide")

    async def action_step(self, by: int) -> None:
        assert isinstance(self.parent, GuidePane)
        await self.parent.action_step(by)

    def action_tick(self) -> None:
        assert isinstance(self.parent, GuidePane)
        self.parent.action_tick()


class StepLine(Widget):
    """`< Back     vv>....     Next >`: a mark for each step; all of it can be clicked."""

    _at = 0
    _done: Sequence[bool] = ()
    _complete = False

    def show(self, at: int, done: Sequence[bool], complete: bool) -> None:
        """Which step is open, from 0, which ones are done, and whether the lab is finished."""
        self._at, self._done, self._complete = at, done, complete
        self.refresh()

    def render(self) -> Content:
        back, marks, on = self._parts()
        room = self.size.width - cells(back) - cells(on)
        if cells(marks) > room:
            marks = ""
        left = max((room - cells(marks)) // 2, 0)
        return Content(back + " " * left + marks + " " * max(room - left - cells(marks), 0) + on)

    def _parts(self) -> tuple[str, str, str]:
        last = self._at + 1 >= len(self._done)
        back = f" < {t('previous-step')} " if self._at else "          "
        on = f" {t('next-step')} > " if not last else self._way_out()
        marks = "".join("\u25b8" if n == self._at else TICK if done else "." for n, done in enumerate(self._done))
        return (back, marks, on) if self._done else ("", "", "")

    def _way_out(self) -> str:
        key = find("finish")
        return f" {spelled(key.key)} {key.label} > " if self._complete else "          "

    async def on_click(self, event: events.Click) -> None:
        pane = self.parent
        assert isinstance(pane, GuidePane)
        text = self.render().plain
        marks = self._parts()[1]
        at = text.find(marks) if marks else -1
        if at >= 0 and at <= event.x < at + len(marks):
            await pane.go_to(event.x - at)
        elif event.x < self.size.width // 2:
            await pane.action_step(-1)
        elif self._at + 1 < len(self._done):
            await pane.action_step(1)
        elif self._complete:
            await self.run_action("screen.finish")
