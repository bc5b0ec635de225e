"""Killing, cutting and filling: what was acknowledged must be there, exactly once. ``make faults``; see docs/faults.md."""
