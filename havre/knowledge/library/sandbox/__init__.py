"""What reads a stranger's file, in a process that can do nothing else (SECURITY-DESIGN 8)."""
