"""The neural network of the video, in NumPy: nothing here knows that a page exists.

The words are those of 3Blue1Brown's "But what is a neural network?" (video id ``aircAruvnKk``);
where a docstring says "at 14:43" it means that minute and second of it.

    from nn.files import load
    from nn.pixels import from_strokes

    network = load("weights/784-16-16-10-sigmoid.npz")
    outputs = network.feedforward(from_strokes(strokes).column)

Modules: ``activations``, ``network``, ``learning``, ``scoring``, ``files``; ``dials`` and ``brush``, to
change a network by hand; ``look``, to see into one; ``testdigits``, to put one to the test; and
``pixels``, which makes the 784 numbers with the help of ``strokes``, ``pen``, ``picture``, ``slant`` and
``affine``.
"""
