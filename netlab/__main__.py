"""`python -m netlab` is `netlab`."""

from netlab.cli import main

main()
