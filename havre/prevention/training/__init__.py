"""Courses, sessions, trainees, tests and certificates (SPEC 13.2)."""

INVITE = "training.invite"
