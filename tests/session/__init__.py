"""Tests of netlab.session."""
