"""Decisions of this stage, as plain functions."""

from .needs import Group, Standing, by_phase, meets, standing, suggested

__all__ = ["Group", "Standing", "by_phase", "meets", "standing", "suggested"]
