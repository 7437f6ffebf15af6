"""What the engine offers for learning and for the visitor's own networks: fetched when first asked for."""
