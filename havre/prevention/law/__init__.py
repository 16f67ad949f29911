"""Treaties, laws and what they lack, and help with drafting them (SPEC 13.3)."""
