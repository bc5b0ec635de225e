"""The door for downloads."""
