"""netlab: a terminal workbench for learning network programming on real hosts and a wire that is a program."""

__version__ = "0.1.0"
