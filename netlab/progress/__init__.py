"""What a learner tried, passed and was shown: append-only, in SQLite."""
