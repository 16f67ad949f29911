"""Handing a caseload over when a worker leaves, is ill or does other work."""
