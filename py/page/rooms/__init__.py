"""The rooms below the network: what explains it and lets it be changed, one module a room.

``building`` makes all of them. A room is a view like any other; it shows the state, and leaves what is
closed alone.
"""
