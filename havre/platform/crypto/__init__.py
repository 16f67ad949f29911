"""The only room that touches cryptography. Never written here: ciphers, modes, padding, derivation, random numbers."""
