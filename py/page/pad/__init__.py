"""The pad: drawing on it, test digits, and the demonstration."""
