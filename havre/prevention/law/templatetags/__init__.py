"""What the pages of this room show on them: words for codes of law."""
