"""The neural network of the video, in NumPy. Nothing here knows that a page exists.

The words are those of 3Blue1Brown's "But what is a neural network?" (video id ``aircAruvnKk``).
A docstring that says "at 14:43" means that minute and second of it.

    from nn.files import load
    from preprocess.normalise import from_strokes

    network = load("weights/784-16-16-10-sigmoid.npz")
    outputs = network.feedforward(from_strokes(strokes).column)
"""
