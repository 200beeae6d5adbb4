"""The guide, a step at a time. Nothing advances by itself: the learner turns the pages."""

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

from netlab.app.drawing import cells
from netlab.app.keys import bindings
from netlab.app.texts import t
from netlab.app.widgets.pane import Pane
from netlab.courseware.guide import GuideStep


class GuidePane(Pane):
    """The step that the learner is at, and the way to its neighbours."""

    class Turned(Message):
        """Another step is shown."""

        def __init__(self, step: int, steps: int) -> None:
            super().__init__()
            self.step = step
            self.steps = steps

    def __init__(self, steps: Sequence[GuideStep]) -> None:
        super().__init__(t("guide"), name_id="guide")
        self._steps = steps
        self._at = 0

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
        to = min(max(self._at + by, 0), len(self._steps) - 1)
        if self._steps and to != self._at:
            self._at = to
            await self._show()

    async def _show(self) -> None:
        from textual.widgets import Markdown  # 0.2 s of the first paint, were it imported with the rest

        body = self.query_one("#guide-body", VerticalScroll)
        async with self.batch():
            await body.remove_children()
            if not self._steps:
                await body.mount(Static(Content(t("no-guide")), classes="quiet"))
                return
            step = self._steps[self._at]
            await body.mount(Static(Content(step.title), id="step-title"), Markdown(step.text, open_links=False))
        body.scroll_home(animate=False)
        self.state = t("step-of", step=self._at + 1, steps=len(self._steps))
        self.query_one(StepLine).show(self._at, len(self._steps))
        self.post_message(self.Turned(self._at + 1, len(self._steps)))


class GuideBody(VerticalScroll):
    """The step's text. It has the focus, so it has the keys that turn the page."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("guide")

    async def action_step(self, by: int) -> None:
        assert isinstance(self.parent, GuidePane)
        await self.parent.action_step(by)


class StepLine(Widget):
    """`< Back                Next >`: its halves can be clicked."""

    def show(self, at: int, steps: int) -> None:
        """Which step of how many, from 0."""
        self._at, self._steps = at, steps
        self.refresh()

    def render(self) -> Content:
        at, steps = getattr(self, "_at", 0), getattr(self, "_steps", 0)
        if not steps:
            return Content("")
        back = f" < {t('previous-step')} " if at else ""
        on = f" {t('next-step')} > " if at + 1 < steps else ""
        return Content(back + " " * max(self.size.width - cells(back) - cells(on), 0) + on)

    async def on_click(self, event: events.Click) -> None:
        pane = self.parent
        assert isinstance(pane, GuidePane)
        await pane.action_step(-1 if event.x < self.size.width // 2 else 1)
