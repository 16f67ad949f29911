"""Surveys of knowledge, attitude and practice, and what they show (SPEC 13.1)."""
