"""A wire script means what it says, and a bad one is refused with file, line and what was meant."""

from __future__ import annotations

import pytest

from netlab.errors import UsageError
from netlab.network.rulefile import parse_rules
from netlab.network.rules import Deed, Match, Rule

HOSTS = ("client", "server")


def test_a_script_becomes_rules_in_order() -> None:
    rules = parse_rules(
        """
        [[rule]]
        name = "the first SYN is lost"
        do = "drop"
        from = "client"
        flags = "SYN"
        nth = 1

        [[rule]]
        do = "hold"
        text = "你好"
        until = { flags = ["FIN", "RST"], from = "server" }

        [[rule]]
        do = "corrupt"
        protocol = "udp"
        share = 0.2
        seed = 7
        repair = true
        """,
        HOSTS,
    )
    assert rules == (
        Rule(Deed.DROP, Match("tcp", sender="client", flags=("SYN",), nth=(1,)), "the first SYN is lost"),
        Rule(Deed.HOLD, Match(text="你好".encode()), until=Match("tcp", sender="server", flags=("FIN", "RST"))),
        Rule(Deed.CORRUPT, Match("udp", share=0.2, seed=7), repair=True),
    )


def test_an_empty_script_has_no_rules() -> None:
    assert parse_rules("# nothing yet\n", HOSTS) == ()


@pytest.mark.parametrize(
    ("script", "line", "meant"),
    [
        ('do = "dorp"', 2, "did you mean `drop`?"),
        ('\n\nflag = "SYN"\ndo = "drop"', 4, "did you mean `flags`?"),
        ('do = "drop"\nflags = "SYM"', 3, "`SYM` is no TCP flag: did you mean `SYN`?"),
        ('do = "drop"\nfrom = "sever"', 3, "did you mean `server`?"),
        ('do = "drop"\nto = "printer"', 3, "there is client or server"),
        ('flags = "SYN"', 1, "`do` is missing: drop, hold, delay, duplicate, reorder or corrupt"),
        ('do = "delay"', 2, "needs `seconds`"),
        ('do = "drop"\nseconds = 2', 3, "`seconds` goes with delay, duplicate or reorder, not with drop"),
        ('do = "delay"\nseconds = nan', 3, "a number from 0 to 3600"),
        ('do = "drop"\nnth = 0', 3, "a whole number from 1"),
        ('do = "drop"\nnth = true', 3, "a whole number from 1"),
        ('do = "drop"\nport = "80"', 3, "a whole number from 1 to 65535, not '80'"),
        ('do = "drop"\nnth = 1\nevery = 2', 4, "both choose among the matches"),
        ('do = "drop"\nprotocol = "udp"\nflags = "SYN"', 4, "`flags` are TCP's"),
        ('do = "drop"\nport = 80\nprotocol = "arp"', 3, "arp has no ports"),
        ('do = "hold"\n\nuntil = "FIN"', 4, "until = {"),
        (
            'do = "hold"\n[rule.until]\nflag = "FIN"',
            3,
            "in `until`, `flag` is no key of a match: did you mean `flags`?",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(script: str, line: int, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_rules(f"[[rule]]\n{script}\n", HOSTS)
    assert str(refused.value).startswith(f"wire.toml:{line}: rule 1: ")
    assert meant in str(refused.value)


def test_the_second_rule_s_lines_are_its_own() -> None:
    with pytest.raises(UsageError, match=r"wire\.toml:5: rule 2: "):
        parse_rules('[[rule]]\ndo = "drop"\n[[rule]]\ndo = "drop"\nnth = -1\n', HOSTS)


@pytest.mark.parametrize("script", ['[rule]\ndo = "drop"', 'rule = "drop"', 'do = "drop"'])
def test_a_rule_begins_with_two_pairs_of_brackets(script: str) -> None:
    with pytest.raises(UsageError, match=r"wire\.toml:1: .*\[\[rule\]\]"):
        parse_rules(script, HOSTS)


def test_what_is_not_toml_is_refused_with_its_line() -> None:
    with pytest.raises(UsageError, match=r"wire\.toml: .*line 2"):
        parse_rules("[[rule]]\ndo = drop\n", HOSTS)
