"""The page's side of the worker: asking the engine, and reading what it answers."""
