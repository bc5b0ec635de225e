"""Killing, cutting and filling: what was acknowledged is there, once. ``make faults``; see docs/faults.md."""
