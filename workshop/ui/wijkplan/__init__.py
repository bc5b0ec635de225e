"""The wijkplan and its area."""
