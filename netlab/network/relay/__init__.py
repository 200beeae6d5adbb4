"""The wire process: moves every frame between the hosts, keeps it, and does to it what rules and hands say.

It is started with a bare interpreter (`-I -S`) and given its sockets, so it holds no privilege and knows no namespace.
Imports cost it start-up time: only `_socket`, `struct`, `json` and their like, no dataclasses, no typing.
"""
