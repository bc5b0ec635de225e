"""An evening: its steps and their moves, questions, ballots, folding and stories."""
