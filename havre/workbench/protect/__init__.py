"""One estimate of a register under differential privacy, from which tables and synthetic records are both read."""
