"""Work beside the serving loop: a worker that takes jobs, and a child process that does each of them."""
