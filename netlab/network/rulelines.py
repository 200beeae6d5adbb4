"""On which line of a wire script a key of a rule stands: `tomllib` tells values, not places."""

from __future__ import annotations

import re

_RULE = re.compile(r"\s*\[\[\s*rule\s*\]\]")
_PART = re.compile(r"\s*\[\s*rule\s*\.\s*(\w+)\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[.=]")
_TABLE = re.compile(r"\s*\[+\s*([\w-]+)")


class LineFinder:
    """The lines of one file's keys, by the rule's index (-1: before the first) and the key."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[int, str], int] = {}
        self._heads: dict[int, int] = {}
        rule, part = -1, ""
        for number, line in enumerate(text.splitlines(), 1):
            if _RULE.match(line):
                rule, part = rule + 1, ""
                self._heads[rule] = number
            elif named := _PART.match(line):
                part = named[1]
                self._lines.setdefault((rule, part), number)
            elif table := _TABLE.match(line):
                self._lines.setdefault((-1, table[1]), number)
            elif (key := _KEY.match(line)) and not part:
                self._lines.setdefault((rule, key[1]), number)

    def of(self, rule: int, key: str) -> int:
        """The line of a rule's key, else of the rule's head, else the first."""
        return self._lines.get((rule, key), self._heads.get(rule, 1))
