"""What was agreed, with whom, and how long it is kept."""
