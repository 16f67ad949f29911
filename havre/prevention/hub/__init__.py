"""The way into the tools of prevention."""
