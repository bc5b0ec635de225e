"""The votes of rounds that run: taken in, counted and told. What is outside asks the door."""
