"""Reads any table, a text or the first sheet of a workbook, in a process of its own; `havre.platform.sandbox.sheet`."""
