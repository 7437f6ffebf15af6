"""What the page may ask of learning. The page calls these functions by way of ``engine.deferred``."""
