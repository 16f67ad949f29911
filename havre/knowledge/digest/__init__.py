"""The quarterly digest of the news (SPEC 13.5)."""

SEND = "digest.send"
