"""What an administrator does: inviting, moving, suspending and removing colleagues, and teams. Never a case (ADR 23)."""
