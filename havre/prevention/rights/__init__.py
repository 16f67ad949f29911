"""Human rights, gender and health, checked on campaigns, courses and laws (SPEC 16)."""
