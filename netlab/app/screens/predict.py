"""A question about a run, asked before it. It can be passed over; nobody is marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from netlab.app.drawing import clean_lines
from netlab.app.notices import tell_error
from netlab.app.screens.over import Over
from netlab.app.texts import language, t
from netlab.courseware.model import PredictionKind, PredictionModel
from netlab.errors import NetlabError

if TYPE_CHECKING:
    from netlab.app.screens.lab import LabScreen


class PredictScreen(Over[str]):
    """One question. Gives the answer, empty where it was passed over, or `ALL` where no other is to be asked either."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "pass_all", show=False, id="cancel")]
    ALL = "\0"

    def __init__(self, prediction: PredictionModel, title: str, *, more: bool) -> None:
        super().__init__()
        self._prediction = prediction
        self._title = title
        self._more = more
        """Whether a run waits behind the questions."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(clean_lines(self._title)), classes="dialog-title")
            with Vertical(classes="dialog-body"):
                yield Static(Content(clean_lines(self._prediction.text("question", language()))), classes="question")
                yield from self._field()
                yield Static(Content(t("predict-about")), classes="dialog-quiet")
            with Horizontal(classes="dialog-buttons"):
                if self._prediction.kind is PredictionKind.NUMBER:
                    yield Button(t("answer-it"), id="answer", flat=True)
                yield Button(t("pass-over"), id="over", flat=True)
                if self._more:
                    yield Button(t("pass-all"), id="all", flat=True)

    def _field(self) -> ComposeResult:
        if self._prediction.kind is PredictionKind.NUMBER:
            yield Input(placeholder=t("predict-number"), type="number", compact=True)
            return
        values = self._prediction.choices or ("yes", "no")
        labels = self._prediction.choice_labels(language()) or (t("yes"), t("no"))
        yield OptionList(*[Option(Content(label), value) for value, label in zip(values, labels, strict=True)])

    def on_mount(self) -> None:
        field = self.query("Input, OptionList").first()
        field.focus()
        if isinstance(field, OptionList):
            field.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(str(event.option.id))

    @on(Button.Pressed, "#answer")
    @on(Input.Submitted)
    def _answered(self) -> None:
        field = self.query_one(Input)
        if field.value.strip() and field.is_valid:
            self.dismiss(field.value.strip())
        else:
            tell_error(self, t("predict-not-number"))
            field.focus()

    @on(Button.Pressed, "#over")
    def _passed_over(self) -> None:
        self.dismiss("")

    @on(Button.Pressed, "#all")
    def action_pass_all(self) -> None:
        self.dismiss(self.ALL)


async def before_run(screen: LabScreen) -> None:
    """Asks what was not answered yet; what is passed over is not asked again while this lab is open."""
    asked = screen.session.predictions.to_ask()
    for number, prediction in enumerate(asked, 1):
        title = t("predict-title", number=number, total=len(asked))
        if await ask(screen, prediction, title, more=True) == PredictScreen.ALL:
            for rest in asked:
                screen.session.predictions.pass_over(rest.id)
            return


async def ask(screen: LabScreen, prediction: PredictionModel, title: str = "", *, more: bool = False) -> str:
    """Asks one question and writes the answer down."""
    dialog = PredictScreen(prediction, title or t("predict-one-title"), more=more)
    answer = await screen.app.push_screen_wait(dialog)
    if answer in ("", PredictScreen.ALL):
        screen.session.predictions.pass_over(prediction.id)
        return answer
    try:
        screen.session.predictions.answer(prediction, answer)
    except NetlabError as error:
        tell_error(screen, error)
    screen.checks.retell()
    return answer
