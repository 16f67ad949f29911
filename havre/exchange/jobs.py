"""What the worker does with a register."""
