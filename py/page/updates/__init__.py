"""The next visit and the next build: the cache for offline use, and what a new build takes over."""
