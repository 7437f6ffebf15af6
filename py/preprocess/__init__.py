"""Turn ink, or a greyscale image, into the 784 numbers that the network takes.

Start with ``normalise``, which calls the other modules in turn. ``normalise_batch`` does the same for many
small images at once.
"""
