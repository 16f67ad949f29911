"""Figures and long proofs, in a server of its own: `python -m bench`, `python -m bench.proofs`."""
