"""Sets up one run: hosts, wire, programs, peers and record. Sessions play scenes on it, the plugin checkpoints."""
