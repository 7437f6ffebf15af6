"""From ink, or from a picture, to the 784 numbers that the network takes.

``normalise`` is the front: it calls the other modules in turn. ``normalise_batch`` does the same for many
small pictures at once.
"""
