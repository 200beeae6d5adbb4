"""The screen after a fault of netlab's own: a small app by itself, since the one that failed is not to be trusted."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from netlab.app import themes
from netlab.app.drawing import clean, clean_lines
from netlab.app.faults import Fault
from netlab.app.texts import t


class FaultApp(App[bool], inherit_bindings=False):
    """Says what to report and what was kept. Gives True where netlab is to be opened again."""

    CSS_PATH: ClassVar = ["app.tcss", "screens/dialogs.tcss"]
    CSS = "Screen { align: center middle; }"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,ctrl+q,ctrl+c", "leave", show=False),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, fault: Fault, theme: str = themes.DARK.name) -> None:
        super().__init__()
        for ours in themes.OURS:
            self.register_theme(ours)
        self.theme = theme if theme in self.available_themes else themes.DARK.name
        self._fault = fault

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = themes.completed(super().get_css_variables())
        return self.theme_variables

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog wide"):
            yield Static(Content(t("fault-title")), classes="dialog-title")
            with VerticalScroll(classes="dialog-body", can_focus=False):
                yield Static(Content(clean_lines(self.text)))
            with Horizontal(classes="dialog-buttons"):
                yield Button(t("fault-quit"), id="quit", flat=True)
                yield Button(t("fault-again"), id="again", flat=True)

    @property
    def text(self) -> str:
        """Everything that is told."""
        fault = self._fault
        kept = t("fault-kept", files=clean(", ".join(fault.kept))) if fault.kept else t("fault-nothing-unsaved")
        report = f"{t('fault-report')}\n{fault.report}" if fault.report else t("fault-no-report")
        return "\n\n".join([t("fault-text"), kept, fault.what, report])

    def on_mount(self) -> None:
        self.query_one("#again").focus()

    @on(Button.Pressed, "#again")
    def _again(self) -> None:
        self.exit(True)

    @on(Button.Pressed, "#quit")
    def action_leave(self) -> None:
        self.exit(False)
