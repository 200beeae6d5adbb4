"""One module per command. `output` alone writes stdout, `diagnostics` alone stderr and exit codes."""
def main() -> None:
    raise SystemExit(2)
