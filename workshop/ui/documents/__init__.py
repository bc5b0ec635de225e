"""Results and downloads."""
