"""Figures and reports on screen."""
