"""Decisions of this room as plain functions: what a law lacks, where two texts differ, how scores go."""
