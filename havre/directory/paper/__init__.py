"""What leaves the directory to be held in a hand: contact cards, the booklet of a country, its emergency sheet."""
