"""Counts of people by sex and age, as all tools of prevention ask and show them (SPEC 16)."""
