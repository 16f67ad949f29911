"""How each language writes a day and an hour, where Django would write them otherwise."""
