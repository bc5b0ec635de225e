"""Preparing and running the room."""
