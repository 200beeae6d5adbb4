"""Takes the whole of pytest inside a network namespace of its own, where the machine allows it.

A process can enter one only before its first thread, so pytest replaces itself, once, before anything is collected.
Where it cannot be entered, the tests marked `network` are skipped, with the reason; NETLAB_REQUIRE_NETWORK=1 makes that
a failure.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator

import pytest

from netlab.network.entering import Capability, inside_command, is_inside, probe
from netlab.processes.spawning import run

_capability = pytest.StashKey[Capability]()


def pytest_configure(config: pytest.Config) -> None:
    """Enter, or know why not."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job: what tests interrupt inherits it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    capability = Capability(private=True) if is_inside() else probe()
    config.stash[_capability] = capability
    if is_inside():
        run(["ip", "link", "set", "lo", "up"], timeout=10)  # a new namespace has it down, and tests use 127.0.0.1
    elif capability.private:
        _start_again_inside(config)


def _start_again_inside(config: pytest.Config) -> None:
    """Does not return. Standard output was pytest's capture until now, and is the user's again."""
    capture = config.pluginmanager.getplugin("capturemanager")
    if capture is not None:
        capture.stop_global_capturing()
    command = inside_command([sys.executable, "-m", "pytest", *config.invocation_params.args])
    os.execvp(command[0], command)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With NETLAB_REQUIRE_TOOLS=1 nothing may be skipped: what a test needs is to be there."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("NETLAB_REQUIRE_TOOLS") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip, visibly, what cannot run here."""
    capability = config.stash[_capability]
    if capability.private or os.environ.get("NETLAB_REQUIRE_NETWORK") == "1":
        return
    skip = pytest.mark.skip(reason=f"no private network: {capability.reason} {capability.remedy}")
    for item in items:
        if "network" in item.keywords:
            item.add_marker(skip)
