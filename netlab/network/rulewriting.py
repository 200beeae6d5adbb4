"""Writes rules as the text of a `wire.toml`: what `rulefile` reads back as the same rules. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from netlab.network.rules import Match, Rule


@dataclass(frozen=True, slots=True)
class Remarked:
    """A rule, and what is to be said above it."""

    rule: Rule
    remarks: tuple[str, ...] = ()


def script_text(rules: Sequence[Remarked], remarks: Sequence[str] = ()) -> str:
    """A whole wire script; `remarks` stand at its top."""
    parts = ["".join(f"{line}\n" for line in _comments(remarks))] if remarks else []
    parts += ["".join(f"{line}\n" for line in _rule(one)) for one in rules]
    return "\n".join(parts)


def _rule(one: Remarked) -> Iterator[str]:
    rule = one.rule
    yield from _comments(one.remarks)
    yield "[[rule]]"
    if rule.name:
        yield f"name = {_text(rule.name)}"
    yield f'do = "{rule.do}"'
    for key, value in _pairs(rule.match):
        yield f"{key} = {value}"
    if rule.seconds:
        yield f"seconds = {_number(rule.seconds)}"
    if rule.until is not None:
        yield f"until = {{ {', '.join(f'{key} = {value}' for key, value in _pairs(rule.until))} }}"
    if rule.copies != 1:
        yield f"copies = {rule.copies}"
    if rule.behind != 1:
        yield f"behind = {rule.behind}"
    if rule.byte >= 0:
        yield f"byte = {rule.byte}"
    if rule.repair:
        yield "repair = true"


def _pairs(match: Match) -> Iterator[tuple[str, str]]:
    """Keys and values of what is not as it is anyway."""
    if match.protocol != "any":
        yield "protocol", _text(match.protocol)
    for key, host in (("from", match.sender), ("to", match.receiver)):
        if host:
            yield key, _text(host)
    if match.flags:
        yield "flags", _one_or_list([_text(flags) for flags in match.flags])
    for key, port in (("port", match.port), ("from_port", match.from_port), ("to_port", match.to_port)):
        if port:
            yield key, str(port)
    if match.payload is not None:
        yield "payload", "true" if match.payload else "false"
    if match.text:
        yield "text", _text(match.text.decode())
    yield from _choice(match)


def _choice(match: Match) -> Iterator[tuple[str, str]]:
    if match.nth:
        yield "nth", _one_or_list([str(number) for number in match.nth])
    if match.every:
        yield "every", str(match.every)
    if match.share != 1.0:
        yield "share", _number(match.share)
        yield "seed", str(match.seed)


def _one_or_list(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def _text(value: str) -> str:
    """A TOML basic string; its escapes are JSON's, but for the one control character that JSON leaves as it is."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _number(value: float) -> str:
    """As a person would write it, where that is exact."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _comments(remarks: Sequence[str]) -> Iterator[str]:
    for remark in remarks:
        for line in remark.splitlines():
            yield f"# {line}"
