"""Agreement of a second person: who can give it, asking for it, giving it, using it once (ADR 34)."""
