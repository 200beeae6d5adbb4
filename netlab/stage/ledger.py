"""Which socket calls of a program are under way, and which was its last: kept as the tracer tells of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from netlab.record.events import CallEntered, CallReturned


@dataclass(slots=True)
class _Account:
    under_way: dict[str, CallEntered] = field(default_factory=dict)
    last: CallEntered | None = None


class CallLedger:
    """The calls of all programs of a run, by the name of their terminal."""

    def __init__(self) -> None:
        self._accounts: dict[str, _Account] = {}

    def note(self, event: CallEntered | CallReturned) -> None:
        """A call was entered, or came back. Calls outside of the learner's own lines are not kept."""
        account = self._accounts.setdefault(event.program, _Account())
        if isinstance(event, CallReturned):
            account.under_way.pop(event.call, None)
        elif event.file:
            account.under_way[event.call] = account.last = event

    def blocked(self, program: str) -> CallEntered | None:
        """The newest call that has not come back: what the program waits in, or one of its threads does."""
        account = self._accounts.get(program)
        return next(reversed(account.under_way.values()), None) if account else None

    def last(self, program: str) -> CallEntered | None:
        """The newest call of all, back or not."""
        account = self._accounts.get(program)
        return account.last if account else None

    def forget(self, program: str) -> None:
        """The program ended, and its calls with it; which was the last is still known."""
        if account := self._accounts.get(program):
            account.under_way.clear()
