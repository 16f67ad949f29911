"""Campaigns, from the problem to what came of them (SPEC 13.1)."""
