"""The doors of an evening: hall, tables, tablet, cards, streams."""
