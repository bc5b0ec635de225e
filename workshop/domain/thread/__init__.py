"""What lives on: items, where they came from, and what is handed over."""
