"""Sees a learner's socket calls: `injected/` runs in their interpreter, `reading` reads what that wrote."""
