"""The path of the sprints, and one sprint on it."""
