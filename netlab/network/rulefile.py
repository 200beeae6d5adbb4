"""Reads `wire.toml`: the rules that a learner, a scene or a checkpoint gives the wire.

    [[rule]]
    name = "the first SYN is lost"     # for the record; may be left out
    do = "drop"                        # drop, hold, delay, duplicate, reorder, corrupt
    protocol = "tcp"                   # which frames: tcp, udp, icmp, arp, any
    from = "client"
    flags = "SYN"
    nth = 1                            # which of those: nth = [1, 3], every = 50, or share = 0.2 with seed = 7

Whatever is wrong is refused as a UsageError that names file and line, and what was probably meant.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from netlab.errors import UsageError
from netlab.network.rulelines import LineFinder
from netlab.network.rules import FLAGS, PROTOCOLS, Deed, Match, Rule, flag_bits

_DEED_KEYS: Mapping[str, tuple[Deed, ...]] = {
    "seconds": (Deed.DELAY, Deed.DUPLICATE, Deed.REORDER),
    "until": (Deed.HOLD, Deed.DUPLICATE),
    "copies": (Deed.DUPLICATE,),
    "behind": (Deed.REORDER,),
    "byte": (Deed.CORRUPT,),
    "repair": (Deed.CORRUPT,),
}

_REORDERED_AT_MOST = 0.2
"""Seconds that a reordered frame waits to be overtaken, where the rule does not say."""


class _Wrong(Exception):
    """A key's value cannot be used; the text says why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(why)
        self.key = key


def load_rules(path: Path, hosts: Sequence[str]) -> tuple[Rule, ...]:
    """The rules of a wire script; `hosts` are the names that it may use. UsageError for a file that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} cannot be read: {error}.") from error
    return parse_rules(text, hosts, file=path.name)


def parse_rules(text: str, hosts: Sequence[str], *, file: str = "wire.toml") -> tuple[Rule, ...]:
    """The rules that a wire script's text holds."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {error}.", 'It is written in TOML: `key = "value"`, one a line.') from error
    lines = LineFinder(text)
    return tuple(
        _rule(table, hosts, number, lines, file) for number, table in enumerate(_tables(document, lines, file))
    )


def _tables(document: Mapping[str, Any], lines: LineFinder, file: str) -> list[Mapping[str, Any]]:
    for key in document:
        if key != "rule":
            where = f"{file}:{lines.of(-1, key)}"
            raise UsageError(f"{where}: `{key}` means nothing outside of a rule.", "A rule begins with [[rule]].")
    rules = document.get("rule", [])
    if not (isinstance(rules, list) and all(isinstance(table, dict) for table in rules)):
        raise UsageError(f"{file}:{lines.of(-1, 'rule')}: a rule begins with [[rule]], in two pairs of brackets.")
    return rules


def _rule(table: Mapping[str, Any], hosts: Sequence[str], number: int, lines: LineFinder, file: str) -> Rule:
    try:
        return _checked_rule(table, hosts)
    except _Wrong as wrong:
        raise UsageError(f"{file}:{lines.of(number, wrong.key)}: rule {number + 1}: {wrong}") from None


def _checked_rule(table: Mapping[str, Any], hosts: Sequence[str]) -> Rule:
    for key in table:
        if key not in _MATCH_KEYS and key not in _DEED_KEYS and key not in ("do", "name"):
            raise _Wrong(key, f"`{key}` is no key of a rule{_nearest(key, _ALL_KEYS)}")
    deed = Deed(_one_of("do", table.get("do"), list(Deed)))
    rest = {key: _DEED_VALUES[key](key, table[key], hosts) for key in _DEED_KEYS if key in table}
    for key in rest:
        if deed not in _DEED_KEYS[key]:
            raise _Wrong(key, f"`{key}` goes with {_either([str(one) for one in _DEED_KEYS[key]])}, not with {deed}.")
    if deed is Deed.DELAY and "seconds" not in rest:
        raise _Wrong("do", "a delay needs `seconds`: how long.")
    if deed is Deed.REORDER:
        rest.setdefault("seconds", _REORDERED_AT_MOST)
    name = _text("name", table.get("name", ""), hosts)
    return Rule(deed, _match({key: table[key] for key in table if key in _MATCH_KEYS}, hosts), name, **rest)


def _match(table: Mapping[str, Any], hosts: Sequence[str], inside: str = "") -> Match:
    """The match of a rule, or of its `until`, which `inside` then names."""
    try:
        values = {_FIELDS.get(key, key): _MATCH_KEYS[key](key, value, hosts) for key, value in table.items()}
        _check_together(table)
    except _Wrong as wrong:
        raise _Wrong(inside or wrong.key, f"in `{inside}`, {wrong}" if inside else str(wrong)) from None
    if "flags" in values:
        values["protocol"] = "tcp"
    return Match(**values)


def _check_together(table: Mapping[str, Any]) -> None:
    protocol = table.get("protocol", "any")
    if "flags" in table and protocol not in ("tcp", "any"):
        raise _Wrong("flags", f"`flags` are TCP's; {protocol} has none.")
    for key in ("port", "from_port", "to_port"):
        if key in table and protocol in ("icmp", "arp"):
            raise _Wrong(key, f"{protocol} has no ports.")
    chosen = [key for key in ("nth", "every", "share") if key in table]
    if len(chosen) > 1:
        raise _Wrong(chosen[1], f"`{chosen[0]}` and `{chosen[1]}` both choose among the matches: take one of them.")


def _one_of(key: str, value: object, known: Sequence[str]) -> str:
    if value is None:
        raise _Wrong("", f"`{key}` is missing: {_either(known)}.")
    if value not in known:
        raise _Wrong(key, f"`{key}` cannot be {value!r}{_nearest(str(value), known)}")
    return str(value)


def _text(key: str, value: object, hosts: Sequence[str]) -> str:
    if not isinstance(value, str):
        raise _Wrong(key, f"`{key}` is a text in quotation marks, not {value!r}.")
    return value


def _truth(key: str, value: object, hosts: Sequence[str]) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(key, f"`{key}` is true or false, without quotation marks, not {value!r}.")
    return value


def _whole(least: int, most: int) -> Callable[[str, object, Sequence[str]], int]:
    def convert(key: str, value: object, hosts: Sequence[str]) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise _Wrong(key, f"`{key}` is a whole number from {least} to {most}, not {value!r}.")
        return value

    return convert


def _number(most: float) -> Callable[[str, object, Sequence[str]], float]:
    def convert(key: str, value: object, hosts: Sequence[str]) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= most:
            raise _Wrong(key, f"`{key}` is a number from 0 to {most:g}, not {value!r}.")
        return float(value)

    return convert


def _protocol(key: str, value: object, hosts: Sequence[str]) -> str:
    return _one_of(key, value, list(PROTOCOLS))


def _host(key: str, value: object, hosts: Sequence[str]) -> str:
    return _one_of(key, value, hosts)


def _flags(key: str, value: object, hosts: Sequence[str]) -> tuple[str, ...]:
    """One text, or a list of them, any of which will do."""
    texts = tuple(_text(key, one, hosts) for one in (value if isinstance(value, list) else [value]))
    for text in texts:
        try:
            flag_bits(text)
        except ValueError as unknown:
            raise _Wrong(key, f"`{unknown}` is no TCP flag{_nearest(str(unknown), list(FLAGS))}") from None
    return texts


def _numbers(key: str, value: object, hosts: Sequence[str]) -> tuple[int, ...]:
    convert = _whole(1, 1_000_000_000)
    return tuple(convert(key, one, hosts) for one in (value if isinstance(value, list) else [value]))


def _bytes(key: str, value: object, hosts: Sequence[str]) -> bytes:
    return _text(key, value, hosts).encode()


def _until(key: str, value: object, hosts: Sequence[str]) -> Match:
    if not isinstance(value, dict):
        raise _Wrong(key, '`until` says which frame ends it: until = { flags = "FIN", from = "server" }.')
    for inner in value:
        if inner not in _MATCH_KEYS:
            raise _Wrong(key, f"in `until`, `{inner}` is no key of a match{_nearest(inner, list(_MATCH_KEYS))}")
    return _match(value, hosts, inside=key)


def _nearest(word: str, known: Sequence[str]) -> str:
    """`: did you mean ...?`, or all there is to choose from."""
    folded = {one.lower(): one for one in known}
    close = get_close_matches(word.lower(), folded, n=1)
    return f": did you mean `{folded[close[0]]}`?" if close else f"; there is {_either(known)}."


def _either(words: Sequence[str]) -> str:
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


_PORT = _whole(1, 65535)

_MATCH_KEYS: Mapping[str, Callable[[str, Any, Sequence[str]], Any]] = {
    "protocol": _protocol, "from": _host, "to": _host, "flags": _flags, "port": _PORT, "from_port": _PORT,
    "to_port": _PORT, "payload": _truth, "text": _bytes, "nth": _numbers, "every": _whole(1, 1_000_000_000),
    "share": _number(1), "seed": _whole(0, 1_000_000_000),
}  # fmt: skip

_FIELDS = {"from": "sender", "to": "receiver"}

_DEED_VALUES: Mapping[str, Callable[[str, Any, Sequence[str]], Any]] = {
    "seconds": _number(3600), "until": _until, "copies": _whole(1, 100), "behind": _whole(1, 1000),
    "byte": _whole(0, 65535), "repair": _truth,
}  # fmt: skip

_ALL_KEYS = ["do", "name", *_MATCH_KEYS, *_DEED_KEYS]
