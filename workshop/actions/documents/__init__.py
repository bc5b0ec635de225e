"""Asking for files that are made beside the serving loop."""
