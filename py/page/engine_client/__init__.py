"""The page's side of the worker: asks the engine and reads its replies."""
