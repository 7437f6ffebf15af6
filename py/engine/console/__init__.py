"""Python that somebody types, run beside the network."""
