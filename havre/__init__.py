"""Havre: an information system against trafficking in persons."""

__version__ = "0.1.0"
