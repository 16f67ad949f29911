"""Know: the library, and the quarterly digest (SPEC 13.5)."""
