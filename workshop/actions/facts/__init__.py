"""Figures and reports that people bring."""
