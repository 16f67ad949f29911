"""The pages of the digest: those of its editors, and those for everybody."""
