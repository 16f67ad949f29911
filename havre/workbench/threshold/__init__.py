"""Tables without noise: small counts hidden so that nothing gives them away, or all counts rounded.

For one cohort public figures are these or differentially private ones, never both; the ledger holds that. Thresholds
protect against readers of the tables themselves; they promise nothing against whoever knows much already.
"""
