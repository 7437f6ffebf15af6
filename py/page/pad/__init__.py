"""The pad: drawing on it, and what else can be put on it."""
