"""The way into namespaces for the commands that make hosts in their own process: the workbench and `run`."""

from __future__ import annotations

import os
import sys

from netlab.cli.common import network_or_refusal
from netlab.network.entering import Capability, inside_command, is_inside


def enter_namespaces() -> Capability:
    """Becomes the same command inside, where the machine allows it; else goes on, on the loopback. Says which it is.

    An exec, because a process can only enter before it has a second thread (user_namespaces(7)). `-P`: a learner's
    `socket.py` in the current folder is not Python's.
    """
    capability = network_or_refusal()
    if capability.private and not is_inside():
        again = inside_command([sys.executable, "-P", "-m", "netlab", *sys.argv[1:]])
        os.execvp(again[0], again)
    return capability
