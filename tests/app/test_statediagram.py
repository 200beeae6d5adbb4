"""The TCP state diagram as text."""

from __future__ import annotations

from netlab.app.canvas import Look
from netlab.app.statediagram import HIGH, LOW, NARROWEST, End, diagram

CLIENT = End("C", ("CLOSED", "SYN-SENT", "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT"))
SERVER = End("S", ("CLOSED", "LISTEN", "SYN-RECV", "ESTABLISHED", "CLOSE-WAIT", "LAST-ACK", "CLOSED"))

CLOSED_IN_TURN = """\
              +---------------[c   CLOSED    s]------------------+
              | connect()                               listen() |
              v SYN out                                          v
      [c  SYN-SENT    ]................                  [    LISTEN    s]
              | SYN,ACK in            : SYN in            SYN in |
              | ACK out               : SYN,ACK out  SYN,ACK out v
              |                       ..................>[   SYN-RECV   s]
              |                                           ACK in |
              |                                                  |
              +-------------->[c ESTABLISHED s]<-----------------+
              +-------------------         ----------------------+
              v close(): FIN out                 FIN in: ACK out v
 .....[c FIN-WAIT-1   ]................                  [  CLOSE-WAIT  s]
 : FIN,ACK in | ACK in                : FIN in           close() |
 : ACK out    v                       v ACK out          FIN out v
 :    [c FIN-WAIT-2   ]       :    CLOSING    :          [   LAST-ACK   s]
 :     FIN in |     ..............                        ACK in |
 :    ACK out v     v ACK in                                     v
 ....>#C  TIME-WAIT   #........... 42 s left ...........>#    CLOSED    S#
"""


def drawn(ends: tuple[End, ...], width: int = NARROWEST, height: int = LOW, waiting: str = "") -> list[str]:
    return ["".join(piece.text for piece in row).rstrip() for row in diagram(ends, width, height, waiting)]


def test_the_whole_way_of_both_ends() -> None:
    assert drawn((CLIENT, SERVER), waiting="42 s left") == CLOSED_IN_TURN.splitlines()


def test_nobody_has_been_anywhere() -> None:
    text = "\n".join(drawn(()))
    assert not set("[]#|+") & set(text)
    assert "TIME-WAIT" in text


def test_a_reset_leads_to_the_last_closed_without_an_arrow() -> None:
    rows = drawn((End("C", ("CLOSED", "SYN-SENT", "CLOSED")),))
    assert "#C   CLOSED     #" in rows[-1]
    assert "[c   CLOSED     ]" in rows[0]
    assert "#" not in "".join(rows[:-1])


def test_both_ends_may_be_in_one_box() -> None:
    both = (End("C", CLIENT.states[:3]), End("S", SERVER.states[:4]))
    assert any("#C ESTABLISHED S#" in row for row in drawn(both))
    simultaneous = End("C", ("CLOSED", "SYN-SENT", "SYN-RECV"))
    assert any("----->#C  SYN-RECV    #" in row for row in drawn((simultaneous,)))


def test_boxes_of_three_lines_where_there_is_room() -> None:
    rows = drawn((CLIENT, SERVER), 110, HIGH, "60 s")
    assert len(rows) == HIGH
    assert sum("#===============#" in row for row in rows) == 2
    assert all(row.isascii() for row in rows)


def test_looks_say_what_the_characters_say() -> None:
    pieces = [piece for row in diagram((CLIENT, SERVER), NARROWEST, LOW, "42 s left") for piece in row]
    assert [piece.text for piece in pieces if piece.look is Look.HERE] == [
        "#C  TIME-WAIT   #", " 42 s left ", "#    CLOSED    S#",
    ]  # fmt: skip
