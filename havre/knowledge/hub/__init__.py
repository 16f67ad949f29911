"""The way into the library and the digest."""
