"""Verdicts, the runner of the checking child, the pytest plugin inside it, reports, prove."""
