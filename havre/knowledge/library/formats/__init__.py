"""Lists of publications in BibTeX and in CSL-JSON: out and in again without loss (ADR 40)."""
