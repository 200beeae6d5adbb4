"""What this machine gives, why not more, and how to get it."""

from __future__ import annotations

import pytest

from netlab.errors import UnavailableError, UsageError
from netlab.network.entering import Capability, inside_command, probe
from netlab.network.hosts import HostSpec
from netlab.network.loopback import open_loopback
from netlab.network.remedies import explain


@pytest.mark.parametrize(
    ("progress", "stderr", "settings", "reason", "remedy"),
    [
        (
            "",
            "unshare: unshare failed: No space left on device",
            {"user/max_user_namespaces": "0"},
            "allows no user",
            "15000",
        ),
        (
            "",
            "unshare: unshare failed: Operation not permitted",
            {"kernel/unprivileged_userns_clone": "0"},
            "for root",
            "=1",
        ),
        (
            "",
            "unshare: write failed /proc/self/uid_map: Operation not permitted",
            {"kernel/apparmor_restrict_unprivileged_userns": "1"},
            "AppArmor",
            "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("", "unshare: unshare failed: Operation not permitted", {}, "Operation not permitted", "seccomp=unconfined"),
        ("", "unshare: unrecognized option '--map-current-user'", {}, "too old", "util-linux"),
        ("", "ip: not found", {}, "`ip` is not installed", "iproute2"),
        ("entered ", "PermissionError: [Errno 1] Operation not permitted", {}, "packet sockets", "af_packet"),
        ("entered packets ", "RTNETLINK answers: Operation not supported", {}, "veth", "modprobe veth"),
        ("entered packets ", "", {}, "ended without a word", "modprobe veth"),
    ],
)
def test_each_refusal_has_its_reason_and_remedy(
    progress: str, stderr: str, settings: dict[str, str], reason: str, remedy: str
) -> None:
    said = explain(progress, stderr, lambda name: settings.get(name, ""))
    assert reason in said[0]
    assert remedy in said[1]


def test_macos_has_no_namespaces() -> None:
    reason, remedy = explain("", "", lambda _: "", platform="darwin")
    assert "Linux namespaces" in reason
    assert "Linux virtual machine" in remedy


def test_the_loopback_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLAB_NETWORK", "loopback")
    assert probe() == Capability(False, "NETLAB_NETWORK=loopback asks for the loopback.", "Unset NETLAB_NETWORK.")


def test_another_wish_means_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLAB_NETWORK", "lopback")
    with pytest.raises(UsageError, match="NETLAB_NETWORK=lopback means nothing"):
        probe()


def test_without_the_programs_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert probe().reason == "The program `unshare` is not installed."


@pytest.mark.network
def test_a_machine_that_can_says_so_from_inside_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NETLAB_NETWORK", raising=False)
    assert probe() == Capability(private=True)
    monkeypatch.delenv("NETLAB_INSIDE")
    assert probe() == Capability(private=True)


def test_what_is_started_inside_knows_it() -> None:
    assert inside_command(["python", "-V"])[-4:] == ["env", "NETLAB_INSIDE=1", "python", "-V"]


async def test_on_the_loopback_every_host_is_this_machine() -> None:
    network = open_loopback([HostSpec("client", "10.0.0.1"), HostSpec("server", "10.0.0.2")])
    server = network.hosts["server"]
    with server.socket() as listener:
        listener.bind((server.address, 0))
        listener.listen()
        assert [row.state for row in server.sockets() if row.local == listener.getsockname()] == ["LISTEN"]
    assert network.wire is None
    with pytest.raises(UnavailableError, match="cannot be rebooted on the loopback"):
        await network.reboot("server")
    await network.close()
