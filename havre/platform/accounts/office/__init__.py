"""What an administrator does: inviting, moving, suspending and removing colleagues; teams. Never a case (ADR 23)."""
