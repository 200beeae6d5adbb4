"""A learner's program: its pseudo-terminal, its limits, its end, and the tracer of its socket calls."""
