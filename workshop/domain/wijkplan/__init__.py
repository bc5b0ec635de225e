"""The order in which the sprints of a wijkplan build on each other."""
