"""The network as a picture: its neurons and edges, and pointing at them."""
