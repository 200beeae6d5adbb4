"""Bytes to frozen dataclasses, one module per protocol. Pure: no clock, no socket, no await."""
