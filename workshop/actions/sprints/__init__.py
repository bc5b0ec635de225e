"""From what the room made to a fixed result."""
