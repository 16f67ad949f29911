"""What an agency keeps for itself and for others: rows, and files, that are read as far as their visibility goes."""
