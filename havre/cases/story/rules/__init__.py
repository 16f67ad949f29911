"""Decisions about the story told: which days contradict each other. Values in, value out."""
