"""The door for who gives approval outside the room."""
