"""Preparing, running and closing an evening; the wall."""
