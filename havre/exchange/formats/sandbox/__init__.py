"""Reads a stranger's file in a process of its own, which hands on plain cells; only `__main__` here runs in it."""
