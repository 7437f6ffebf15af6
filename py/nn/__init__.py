"""The neural network of the video, in NumPy, independent of the page.

The vocabulary is that of 3Blue1Brown's "But what is a neural network?" (video id ``aircAruvnKk``).
"At 14:43" in a docstring means that time in the video.

    from nn.files import load
    from preprocess.normalise import from_strokes

    network = load("weights/784-16-16-10-sigmoid.npz")
    outputs = network.feedforward(from_strokes(strokes).column)
"""
