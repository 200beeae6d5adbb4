"""How the workbench draws for a browser tab: Textual's own web driver, but it ends with the tab.

The other end of its two pipes is `tab`. When that is gone, however it went, there is nobody to draw for: the stock
driver would go on without input for ever, or fail at the next write. And the tab ends with the process, not with an
app in it: after a fault another app is drawn there, which says what happened, and perhaps the workbench anew.
"""

from __future__ import annotations

import os
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver


class BrowserDriver(WebDriver):
    """The driver that `tab` names in TEXTUAL_DRIVER."""

    def __init__(self, app: App[Any], **how: Any) -> None:
        super().__init__(app, **how)
        self._write = self._deliver  # type: ignore[assignment]
        os.environ.pop("TEXTUAL_DRIVER", None)  # what is started from here has a terminal of its own

    def run_input_thread(self) -> None:
        """Reads until the pipe ends or the app does; ends the app then."""
        super().run_input_thread()
        self._leave()

    def stop_application_mode(self) -> None:
        """Leaves the page to whatever this process draws next, and all further keys."""
        self.exit_event.set()
        self._input_reader.close()
        if self._key_thread.is_alive():
            self._key_thread.join()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """What the page says besides keys: its size, and whether it has the focus."""
        super().on_meta(packet_type, payload)
        if packet_type == "resize":
            os.environ["COLUMNS"], os.environ["ROWS"] = str(payload["width"]), str(payload["height"])  # of what is next
        if packet_type == "focus":
            self._app.call_later(self._focus_something)

    def _focus_something(self) -> None:
        """Textual starts every page without focus, and a screen that opens meanwhile gives it to no widget, ever."""
        screen = self._app.screen
        wanted = self._app.AUTO_FOCUS if screen.AUTO_FOCUS is None else screen.AUTO_FOCUS
        if screen.focused is None and wanted:
            screen.set_focus(next((widget for widget in screen.query(wanted) if widget.focusable), None))

    def _deliver(self, data: bytes) -> None:
        """Writes all of it: a signal may cut a write to a pipe short."""
        try:
            while data:
                data = data[os.write(self.fileno, data) :]
        except BrokenPipeError:
            self._leave()

    def _leave(self) -> None:
        if not self.exit_event.is_set():
            self.exit_event.set()
            self._app.post_message(messages.ExitApp())
