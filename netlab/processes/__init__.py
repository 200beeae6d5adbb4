"""The only place that spawns and ends processes."""
