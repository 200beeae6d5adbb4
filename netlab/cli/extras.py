"""What netlab can do only where something more is installed with it: whether it is there, and how to get it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Extra:
    """One of the extras of netlab's package."""

    name: str
    package: str
    """What it brings, as the package index calls it."""
    module: str
    needed_for: str

    @property
    def there(self) -> bool:
        return find_spec(self.module) is not None

    @property
    def version(self) -> str:
        """Of the package; empty where it is missing."""
        from importlib.metadata import PackageNotFoundError, version  # 20 ms: for `netlab doctor` alone

        try:
            return version(self.package) if self.there else ""
        except PackageNotFoundError:
            return ""

    @property
    def remedy(self) -> str:
        return f'Install it: pip install "netlab[{self.name}]", or in a checkout: uv sync --extra {self.name}'


WEB = Extra("web", "textual-serve", "textual_serve", "netlab serve")
EXTRAS = (WEB,)
