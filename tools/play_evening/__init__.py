"""`make evening`: an evening of 34 people, played at a tempo that can be watched."""
