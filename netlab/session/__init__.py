"""A learner at work on one lab: folder, scenes, checks, record, progress. Knows neither Textual nor pytest."""
