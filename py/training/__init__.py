"""Training runs: their settings, their way through the training digits, and what comes of them."""
