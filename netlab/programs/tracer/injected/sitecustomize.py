"""Runs first in a learner's interpreter (site.py imports it): starts the tracer, and gets out of the way.

Standalone: nothing of netlab is imported here. Whatever fails, the program runs on without being traced.
"""

from __future__ import annotations

import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))
# The tracer imports these before the program's folder is on the path. One that has a file of such a name must get
# its own when it imports it, as it would untraced (`socket.py` is a classic mistake, and must stay one).
_IMPORTED = ("socket", "_socket", "select", "selectors", "enum", "collections", "types", "math", "operator")


def _start() -> None:
    path, folder = os.environ["NETLAB_TRACE"], os.environ["NETLAB_TRACE_FOLDER"]
    if not any(os.path.exists(os.path.join(folder, name + end)) for name in _IMPORTED for end in (".py", "")):
        import netlab_tracer  # type: ignore[import-not-found]

        netlab_tracer.install(path, folder)


def _run_next() -> None:
    """The `sitecustomize` further along the path, which ours stands in front of."""
    from _frozen_importlib import module_from_spec
    from _frozen_importlib_external import PathFinder

    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        module = sys.modules["sitecustomize"] = module_from_spec(spec)
        spec.loader.exec_module(module)


try:  # noqa: SIM105 - contextlib takes a millisecond to import
    _start()
except Exception:
    pass
sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != _HERE]
_run_next()
