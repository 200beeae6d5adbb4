"""What lies over another screen: help and palette are there, too. Of the app's own keys a modal screen has none."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ModalScreen, ScreenResultType

from netlab.app.keys import find


class Over(ModalScreen[ScreenResultType]):
    """A question, a sheet or a text over the lab or the course."""

    BINDINGS: ClassVar[list[BindingType]] = [find("help").binding(), find("palette").binding()]
