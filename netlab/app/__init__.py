"""The Textual workbench: screens and widgets over a session. Draws and forwards; keeps no state of a learner's work."""
