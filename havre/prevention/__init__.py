"""Prevent: campaigns, training, law, events and action plans, each with its measured result (SPEC 13, 16)."""
