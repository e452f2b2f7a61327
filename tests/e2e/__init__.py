"""Does it work for the people it is for? They act on the twin, and the real program answers."""
