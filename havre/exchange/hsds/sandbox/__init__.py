"""Reads a stranger's directory in a process of its own, which hands on plain rows; only `__main__` here runs in it."""
