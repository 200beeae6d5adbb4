"""What was done by hand becomes rules that meet the same frames: the script is written, read back, and played."""

from __future__ import annotations

from netlab.network.links import mac_of
from netlab.network.relay.matching import Rule as Judge
from netlab.network.relay.matching import Rulebook
from netlab.network.rulefile import parse_rules
from netlab.network.rules import Deed, Match, Rule
from netlab.network.rulewriting import Remarked, script_text
from netlab.record import wirelog
from netlab.record.record import Record
from netlab.stage.byhand import deeds, rules_by_hand, script
from tests.record.run import ACK, FIN, PSH, SYN, TWO, Run, tcp, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
NAMES = [name for name, _ in TWO]


class Handled(Run):
    """A run with somebody's hands on its wire."""

    def do(self, action: str, *frames: int, detail: str = "") -> None:
        self.log += wirelog.action_entry(action, detail, frames, self.now)

    def queued(self, sender: str, data: bytes) -> int:
        number = self.frame(sender, data, at_once=False)
        self.fate(number, "queued")
        return number

    def goes_on(self, number: int) -> None:
        self.wait(100)
        self.do("step", number)
        self.fate(number, "delivered")

    def dropped(self, number: int) -> None:
        self.wait(100)
        self.do("drop", number)
        self.fate(number, "dropped", rule=wirelog.BY_HAND)


def opened() -> Handled:
    """A connection, and a wire that was frozen when it was there."""
    run = Handled()
    run.frame("client", tcp(CLIENT, SERVER, SYN, 100))
    run.frame("server", tcp(SERVER, CLIENT, SYN | ACK, 300, 101))
    run.frame("client", tcp(CLIENT, SERVER, ACK, 101, 301))
    run.do("freeze")
    return run


def says(run: Handled, sequence: int, text: bytes) -> int:
    return run.queued("client", tcp(CLIENT, SERVER, PSH | ACK, sequence, 301, text))


def met(record: Record, text: str) -> dict[int, str]:
    """Which frames the script's rules take in a run of the same frames, and what each rule does."""
    macs = [bytes.fromhex(mac_of(address).replace(":", "")) for _, address in TWO]
    rules = parse_rules(text, NAMES)
    book = Rulebook([Judge(index, rule.spec(NAMES), macs) for index, rule in enumerate(rules)])
    taken = {seen.number: book.judge(record.frames.sender(seen.number), seen.data) for seen in record.frames}
    return {number: str(judge.spec["do"]) for number, judge in taken.items() if judge is not None}


def test_drops_holds_and_delays_meet_their_frames_again() -> None:
    run = opened()
    hello, again = says(run, 101, b"hello"), says(run, 106, b"again")
    answer = run.queued("server", tcp(SERVER, CLIENT, PSH | ACK, 301, 111, b"yes"))
    end = run.queued("client", tcp(CLIENT, SERVER, FIN | ACK, 111, 304))
    run.goes_on(hello)
    run.dropped(again)
    run.do("hold", answer)
    run.do("hold", end)
    run.wait(1540).do("release", end)
    record = run.record()
    assert [(done.number, done.deed, done.seconds) for done in deeds(record)] == [
        (again, Deed.DROP, 0), (answer, Deed.HOLD, 0), (end, Deed.DELAY, 1.5),
    ]  # fmt: skip
    assert met(record, script(record)) == {again: "drop", answer: "hold", end: "delay"}


def test_the_script_says_what_it_was_made_from() -> None:
    run = opened()
    run.dropped(says(run, 101, b"hello"))
    run.wait(400).do("cut", detail="server")
    assert script(run.record()) == (
        "# What was done by hand in a run of chat-server, for the next run.\n"
        "# This was done by hand as well, and no rule can do it:\n"
        "#   cut server, 500 ms after the start\n"
        "\n"
        '# frame 4, 0 us after the start: client to server, PSH,ACK "hello"\n'
        "[[rule]]\n"
        'name = "data 1 from client, by hand"\n'
        'do = "drop"\n'
        'protocol = "tcp"\n'
        'from = "client"\n'
        'to = "server"\n'
        'flags = "ACK"\n'
        "payload = true\n"
        "nth = 1\n"
    )


def test_several_of_a_kind_are_one_rule() -> None:
    run = opened()
    for number in [says(run, 101 + 5 * n, b"hello") for n in range(3)][::2]:
        run.dropped(number)
    (rule,) = rules_by_hand(run.record())
    assert (rule.rule.match.nth, len(rule.remarks)) == ((1, 3), 2)


def test_what_a_host_sent_again_only_because_the_wire_stood_still_is_not_counted() -> None:
    run = opened()
    hello = says(run, 101, b"hello")
    says(run.wait(200), 101, b"hello")
    run.goes_on(hello)
    run.dropped(says(run, 106, b"again"))
    (rule,) = rules_by_hand(run.record())
    assert rule.rule.match.nth == (2,)


def test_what_was_sent_again_for_a_drop_will_be_sent_again_then_too() -> None:
    run = opened()
    run.dropped(says(run, 101, b"hello"))
    run.goes_on(says(run, 101, b"hello"))
    run.dropped(says(run, 106, b"again"))
    (rule,) = rules_by_hand(run.record())
    assert rule.rule.match.nth == (1, 3)


def test_behind_other_rules_what_those_took_is_not_counted() -> None:
    run = opened()
    first = says(run, 101, b"hello")
    run.fate(first, "dropped", rule=1)
    run.dropped(says(run, 106, b"again"))
    record = run.record()
    before = '[[rule]]\ndo = "drop"\nfrom = "client"\npayload = true\nnth = 1\n'
    assert script(record, before).startswith(before)
    assert met(record, script(record, before)) == {first: "drop", first + 1: "drop"}
    assert rules_by_hand(record)[0].rule.match.nth == (2,)


def test_datagrams_are_told_by_their_way_alone() -> None:
    run = Handled()
    run.do("freeze")
    run.dropped(run.queued("client", udp(CLIENT, SERVER, b"hello")))
    (rule,) = rules_by_hand(run.record())
    assert rule.rule.match == Match(protocol="udp", sender="client", receiver="server", nth=(1,))


def test_every_rule_is_written_so_that_it_is_read_as_the_same() -> None:
    kinds = Match("tcp", "client", "server", ("SYN", "!ACK"), 1, 2, 3, False, '引"\\\n\x7f'.encode(), every=3)
    rules = (
        Rule(Deed.HOLD, kinds, "a [name]\x1b", until=Match(payload=True, share=0.25, seed=9)),
        Rule(Deed.DUPLICATE, Match(nth=(1, 4)), seconds=0.5, copies=2),
        Rule(Deed.REORDER, seconds=0.2, behind=3),
        Rule(Deed.CORRUPT, byte=0, repair=True),
        Rule(Deed.DELAY, seconds=1234.5678),
    )
    text = script_text([Remarked(rule, ("one\ntwo",)) for rule in rules])
    assert parse_rules(text, NAMES) == (
        Rule(Deed.HOLD, kinds, "a [name]\x1b", until=Match(payload=True, share=0.25, seed=9)), *rules[1:],
    )  # fmt: skip
