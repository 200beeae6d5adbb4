"""What the chat server and its client must do. netlab plays the other side; `whole-chat` lets them meet."""

from __future__ import annotations

from collections.abc import Callable

from netlab.checks import Actor, Door, Peer, Trial, checkpoint

LONG = ("The longest message there may be: " + " ".join(str(number) for number in range(300)))[:999] + "."
LONG_CHINESE = "最长的一条消息：" + "春夏秋冬东南西北" * 40 + "完。"
assert len(LONG.encode()) == 1000
assert len(LONG_CHINESE.encode()) <= 1000

HangUp = Callable[[Peer], None]


async def one_turn(server: Actor, peer: Peer, message: str, reply: str) -> None:
    """The peer says something and the operator answers it. Whether the server showed it is judged elsewhere."""
    peer.say(message)
    await server.seems_to_show(message)
    server.type(reply)
    await peer.hears(reply)


async def is_served(trial: Trial, server: Actor, message: str, reply: str) -> Peer:
    """A further client is answered."""
    peer = await trial.connect(server)
    await one_turn(server, peer, message, reply)
    return peer


async def is_served_after_a_lost_line(trial: Trial, server: Actor, lost: str) -> None:
    """The same, where a line typed for the client before may be lost or reach this one."""
    peer = await trial.connect(server)
    peer.say("is it my turn?")
    await server.seems_to_show("is it my turn?")
    server.type("yes it is")
    if await peer.hears_any_of(lost, "yes it is") == lost:  # taken for the answer: so there is one more to wait for
        peer.say("thank you then")
        await peer.hears("yes it is")


async def meets_client(trial: Trial, *lines: str) -> tuple[Actor, Peer]:
    """The learner's client has called netlab's server. It may do so only when there is a line to send."""
    door = await trial.listen()
    client = await trial.start("client")
    await door.seems_to_have_visitor(client)
    for line in lines:
        client.type(line)
    return client, await door.visitor(client)


# The server.


@checkpoint("listens", port=7811)
async def test_listens(trial: Trial) -> None:
    server = await trial.serve()
    await trial.connect(server)


@checkpoint("shows-message")
async def test_shows_message(trial: Trial) -> None:
    for message in ("apples and pears", LONG):
        server = await trial.serve(port=trial.another_port())
        (await trial.connect(server)).say(message)
        await server.shows(message)


@checkpoint("replies")
async def test_replies(trial: Trial) -> None:
    for message, reply in (("what is for dinner", "noodles with tomato and egg"), ("tell me everything", LONG)):
        server = await trial.serve(port=trial.another_port())
        peer = await trial.connect(server)
        await one_turn(server, peer, message, reply)
        await peer.judges_all()


@checkpoint("several-turns")
async def test_several_turns(trial: Trial) -> None:
    server = await trial.serve()
    peer = await trial.connect(server)
    for turn in ("one", "two", "three", "four", "five"):
        await one_turn(server, peer, f"question {turn}", f"answer {turn}")
        await server.shows(f"question {turn}")
    await peer.judges_all()


@checkpoint("chinese")
async def test_chinese(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    peer = await trial.connect(server)
    for message, reply in (("你好，世界", "今天天气真好"), (LONG_CHINESE, "长" * 333)):
        await one_turn(server, peer, message, reply)
        await server.shows(message)
    await peer.judges_all()

    client, peer = await meets_client(trial, "请问几点了")
    await peer.hears("请问几点了")
    peer.say(LONG_CHINESE)
    await client.shows(LONG_CHINESE)


@checkpoint("ends-on-88")
async def test_ends_on_88(trial: Trial) -> None:
    server = await trial.serve()
    talker = await trial.connect(server)
    await one_turn(server, talker, "only a short one", "as you like")
    talker.say("88")
    await talker.hears_end()
    talker.hang_up()  # a server that closes in good order waits for that
    brief = await trial.connect(server)
    brief.say("88")
    await brief.hears_end()
    brief.hang_up()
    await is_served(trial, server, "and now for me", "you are welcome")


@checkpoint("88-inside")
async def test_88_inside(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    peer = await trial.connect(server)
    await one_turn(server, peer, "1988", "a good year")
    await one_turn(server, peer, "88!", "not yet")
    await one_turn(server, peer, "I was born in 1988", "so you like the number")
    await one_turn(server, peer, "do you say it too?", "88")
    await one_turn(server, peer, "but you stay", "I do")
    await peer.judges_all()

    client, peer = await meets_client(trial, "1988")
    await peer.hears("1988")
    for reply, line in (("what about it", "88!"), ("you shout", "a 88 b")):
        peer.say(reply)
        await client.seems_to_show(reply)
        client.type(line)
        await peer.hears(line)


@checkpoint("hang-up", deadline=30)
async def test_hang_up(trial: Trial) -> None:
    await leaves_in_every_way(trial, Peer.hang_up)


@checkpoint("reset", deadline=30)
async def test_reset(trial: Trial) -> None:
    await leaves_in_every_way(trial, Peer.reset)


async def leaves_in_every_way(trial: Trial, leave: HangUp) -> None:
    server = await trial.serve()
    silent = await trial.connect(server)
    leave(silent)
    await silent.is_missed()

    talker = await is_served(trial, server, "somebody left before me", "never mind")
    leave(talker)  # while the server waits to receive: no key is pressed
    await talker.is_missed()

    asker = await is_served(trial, server, "the next in line", "go ahead")
    asker.say("can you hear me now")
    await server.seems_to_show("can you hear me now")
    leave(asker)  # while the server waits for a line: one is typed first
    await asker.is_missed()
    server.type("too late for that one")
    await is_served_after_a_lost_line(trial, server, "too late for that one")


# The client.


@checkpoint("client-sends", port=7812)
async def test_client_sends(trial: Trial) -> None:
    client, peer = await meets_client(trial, "good morning to you")
    await peer.hears("good morning to you")
    for reply, line in (("first reply", "and a second line"), ("second reply", LONG)):
        peer.say(reply)
        await client.seems_to_show(reply)
        client.type(line)
        await peer.hears(line)
    await peer.judges_all()


@checkpoint("client-shows")
async def test_client_shows(trial: Trial) -> None:
    client, peer = await meets_client(trial, "anything new?")
    await peer.hears_at_least("anything new?")
    for reply, line in (("nothing at all", "go on"), ("88", "and then?")):
        peer.say(reply)
        await client.shows(reply)
        client.type(line)
        await peer.hears_at_least(line)
    peer.say(LONG)
    await client.shows(LONG)


@checkpoint("client-88")
async def test_client_88(trial: Trial) -> None:
    client, peer = await meets_client(trial, "in 1988 it rained")
    await peer.hears("in 1988 it rained")
    peer.say("it did")
    await client.seems_to_show("it did")
    client.type("88")
    await peer.hears("88")
    await peer.hears_end()
    peer.hang_up()
    await client.exits(0)


@checkpoint("client-hang-up", deadline=40)
async def test_client_hang_up(trial: Trial) -> None:
    door = await trial.listen()
    for leave in (Peer.hang_up, Peer.reset):
        await server_leaves_unasked(trial, door, leave)
        await server_leaves_between_turns(trial, door, leave)


async def server_leaves_unasked(trial: Trial, door: Door, leave: HangUp) -> None:
    """While the client waits to receive: it has to notice without a key."""
    client = await trial.start("client")
    await door.seems_to_have_visitor(client)
    client.type("is anybody there?")
    peer = await door.visitor(client)
    await peer.hears_at_least("is anybody there?")
    leave(peer)
    await says_closed(client)


async def server_leaves_between_turns(trial: Trial, door: Door, leave: HangUp) -> None:
    """While the client waits for a line: one is typed, and then it has to notice."""
    client = await trial.start("client")
    await door.seems_to_have_visitor(client)
    client.type("one more thing")
    peer = await door.visitor(client)
    await peer.hears_at_least("one more thing")
    peer.say("which thing")
    await client.seems_to_show("which thing")
    leave(peer)
    await peer.is_missed()
    client.type("forget it")
    await says_closed(client)


async def says_closed(client: Actor) -> None:
    await client.exits(1)
    await client.shows("closed", word=True)


# Both.


@checkpoint("empty-line")
async def test_empty_line(trial: Trial) -> None:
    server = await trial.serve(port=trial.another_port())
    peer = await trial.connect(server)
    peer.say("say something")
    await server.seems_to_show("say something")
    for line in ("", "", "something then"):
        server.type(line)
    await peer.hears("something then")
    await peer.judges_all()

    client, peer = await meets_client(trial, "", "", "here I am")
    await peer.hears("here I am")
    peer.say("welcome back")
    await client.seems_to_show("welcome back")
    client.type("")
    client.type("still here")
    await peer.hears("still here")
    await peer.judges_all()


@checkpoint("whole-chat", deadline=30)
async def test_whole_chat(trial: Trial) -> None:
    server = await trial.serve()
    for visit in ("first", "second"):
        client = await trial.start("client")
        for line, reply in ((f"the {visit} visit", f"glad of the {visit}"), (f"你好 {visit}", f"再见 {visit}")):
            client.type(line)
            await server.shows(line)
            server.type(reply)
            await client.shows(reply)
        client.type("88")
        await client.exits(0)
