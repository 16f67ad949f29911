"""A file of Amina's, and ways to set it where a test needs it."""
