"""How fast the room is, measured over its real door, beside a bare floor in the same run (``python -m bench``)."""
