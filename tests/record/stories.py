"""The runs that the golden files show."""

from __future__ import annotations

from tests.record.run import ACK, FIN, PSH, SYN, THREE, Run, tcp, udp

CLIENT, SERVER = ("10.0.0.1", 40112), ("10.0.0.2", 7788)
SECOND = ("10.0.0.3", 40200)
OURS, THEIRS = 3_000_000_000, 4_294_967_290


def handshake(run: Run) -> None:
    """Three frames, four states, connect() and accept()."""
    run.enter("server", "s.1", "server.py:9", "accept", local=SERVER)
    run.wait(12)
    run.enter("client", "c.1", "client.py:6", "connect", "('10.0.0.2', 7788)", remote=SERVER)
    run.wait(0.04)
    first = run.frame("client", tcp(CLIENT, SERVER, SYN, OURS, options=bytes.fromhex("020405b4")))
    run.state("client", "CLOSED", "SYN-SENT", first)
    run.state("server", "CLOSED", "SYN-RECV", first)
    run.wait(30)
    run.frame("server", tcp(SERVER, CLIENT, SYN | ACK, THEIRS, OURS + 1))
    run.wait(0.5)
    third = run.frame("client", tcp(CLIENT, SERVER, ACK, OURS + 1, THEIRS + 1))
    run.state("client", "SYN-SENT", "ESTABLISHED", third)
    run.state("server", "SYN-RECV", "ESTABLISHED", third)
    run.wait(0.1)
    run.leave("client", "c.1", local=CLIENT, remote=SERVER)
    run.leave("server", "s.1", "(<socket>, ('10.0.0.1', 40112))", local=SERVER, remote=CLIENT)


def say(run: Run, call: str, payload: bytes, sequence: int) -> int:
    """The client sends; returns the frame's number."""
    run.enter("client", call, "client.py:8", "sendall", f"({payload!r})"[1:-1], CLIENT, SERVER)
    run.wait(0.05)
    number = run.frame("client", tcp(CLIENT, SERVER, PSH | ACK, OURS + sequence, THEIRS + 1, payload))
    run.wait(0.02)
    run.leave("client", call, local=CLIENT, remote=SERVER)
    return number


def talk() -> Run:
    """The picture of design.md: a handshake, a line that arrives, one that is lost and sent again, and the end."""
    run = Run(rules=("rule 1 of wire.toml",))
    run.enter("server", "s.0", "server.py:8", "listen", "1", local=SERVER)
    run.leave("server", "s.0", local=SERVER)
    run.state("server", "BOUND", "LISTEN")
    run.wait(1)
    handshake(run)
    run.wait(1)
    run.enter("server", "s.2", "server.py:11", "recv", "1024", SERVER, CLIENT)
    run.wait(5)
    say(run, "c.2", b"hello", 1)
    run.wait(0.1)
    run.leave("server", "s.2", "b'hello'", local=SERVER, remote=CLIENT)
    run.frame("server", tcp(SERVER, CLIENT, ACK, THEIRS + 1, OURS + 6))
    run.wait(2000)
    lost = say(run, "c.3", "再说一次，你好".encode(), 6)
    run.fate(lost, "dropped", rule=1)
    run.wait(204)
    run.frame("client", tcp(CLIENT, SERVER, PSH | ACK, OURS + 6, THEIRS + 1, "再说一次，你好".encode()))
    run.wait(0.2)
    run.frame("server", tcp(SERVER, CLIENT, ACK, THEIRS + 1, OURS + 27))
    run.wait(40)
    run.enter("client", "c.4", "client.py:12", "close", "", CLIENT, SERVER)
    run.wait(0.03)
    end = run.frame("client", tcp(CLIENT, SERVER, FIN | ACK, OURS + 27, THEIRS + 1))
    run.state("client", "ESTABLISHED", "FIN-WAIT-1", end)
    run.state("server", "ESTABLISHED", "CLOSE-WAIT", end)
    run.leave("client", "c.4")
    return run


def faults() -> Run:
    """Every fate that a frame can have."""
    run = Run(rules=("rule 1 of wire.toml", "rule 2 of wire.toml"))
    for index, fate in enumerate(("dropped", "held", "queued", "duplicated", "corrupted", "unreachable", "left")):
        right = index % 2 == 0
        source, destination = (CLIENT, SERVER) if right else (SERVER, CLIENT)
        number = run.frame(
            "client" if right else "server", udp(source, destination, b"datagram %d" % index), at_once=False
        )
        run.fate(number, fate, rule=1 + index % 2)
        run.wait(3)
    late = run.frame("client", udp(CLIENT, SERVER, b"late"), at_once=False)
    run.wait(250)
    run.fate(late, "delayed", rule=2)
    by_hand = run.frame("client", udp(CLIENT, SERVER, b"by hand"), at_once=False)
    run.fate(by_hand, "dropped", rule=65535)
    damaged = bytearray(udp(CLIENT, SERVER, b"damaged"))
    damaged[-1] ^= 0xFF
    run.frame("client", bytes(damaged))
    run.frame("server", udp(SERVER, CLIENT, b"cut short")[:-3])
    return run


def changing_fates() -> Run:
    """Frames that a frozen wire queued, and that met something else later."""
    run = Run()
    for index, fate in enumerate(("delivered", "dropped", "held")):
        number = run.frame("client", udp(CLIENT, SERVER, b"%d" % index), at_once=False)
        run.fate(number, "queued")
        run.wait(10).fate(number, fate, rule=65535)
    run.wait(10).fate(1, "duplicated", rule=65535)
    return run


def three() -> Run:
    """Two clients with one server between them."""
    run = Run(THREE)
    handshake(run)
    run.wait(10)
    run.enter("client2", "d.1", "client.py:6", "connect", "('10.0.0.2', 7788)", remote=SERVER)
    run.wait(0.1)
    first = run.frame("client2", tcp(SECOND, SERVER, SYN, 5000))
    run.state("client2", "CLOSED", "SYN-SENT", first)
    run.wait(0.1)
    run.frame("server", tcp(SERVER, SECOND, SYN | ACK, 9000, 5001))
    run.wait(0.1)
    third = run.frame("client2", tcp(SECOND, SERVER, ACK, 5001, 9001))
    run.state("client2", "SYN-SENT", "ESTABLISHED", third)
    run.leave("client2", "d.1", local=SECOND, remote=SERVER)
    lost = say(run, "c.2", b"hello", 1)
    run.fate(lost, "dropped")
    run.wait(3)
    run.frame("client2", udp(SECOND, ("10.0.0.1", 5000), b"past the server"))
    return run
