"""The next visit and the next build: what is kept for offline use, and what a new build takes over."""
