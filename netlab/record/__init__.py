"""Events on one monotonic clock, the record that keeps them, and what is made of it: ladder, files, pcapng."""
