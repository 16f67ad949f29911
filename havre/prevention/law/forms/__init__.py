"""The forms of this room: nothing is compulsory in them that a row can do without."""
