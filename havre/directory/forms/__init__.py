"""The forms of a card: short, one subject each."""
