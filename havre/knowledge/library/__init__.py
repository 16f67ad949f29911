"""Books, reports, series and serials (SPEC 13.5)."""
