"""Where something came from, on screen."""
