"""Which language a learner reads: `--lang`, else NETLAB_LANG, else the locale."""

from __future__ import annotations

import os
from collections.abc import Mapping

LANGUAGES = ("en", "zh")


def choose_language(option: str | None, environment: Mapping[str, str] = os.environ, *, remembered: str = "") -> str:
    """`en` or `zh`: the option, NETLAB_LANG, what the workbench remembers, or the locale.

    The first of LC_ALL, LC_MESSAGES and LANG that is set counts, as in setlocale(3).
    """
    wanted = option or environment.get("NETLAB_LANG", "") or remembered
    if wanted in LANGUAGES:
        return wanted
    locale = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if locale.lower().startswith("zh") else "en"
