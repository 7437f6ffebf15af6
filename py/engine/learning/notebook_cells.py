"""The cells of the notebook, in order: a kind and a text. ``notebook`` fills in what is in <<…>>."""

MARKDOWN, CODE, DATA = "markdown", "code", "data"

CELLS = (
    (
        MARKDOWN,
        """
# A neural network reads a digit

This notebook comes from *Plain Vanilla*, a web page on which you draw a digit and a neural network reads
it. It holds one network and one drawing. Step by step, it repeats what the network did with the drawing:
784 numbers go in, 10 come out, and in between there are a few lines of NumPy.

The words are those of 3Blue1Brown's video
[But what is a neural network?](https://www.youtube.com/watch?v=aircAruvnKk) A time such as
[2:52](https://www.youtube.com/watch?v=aircAruvnKk&t=172s) is a link into it.

Run the cells from top to bottom: press Shift+Enter in each. You need Python and NumPy. With Matplotlib you
get better pictures.
""",
    ),
    (
        DATA,
        """
# The network's file and the drawing, as text. Run this cell too: the next ones unpack them.
NETWORK = "<<NETWORK>>"
DRAWING = "<<DRAWING>>"
""",
    ),
    (
        MARKDOWN,
        """
## The network

A network is nothing but numbers: its weights and biases. The video calls them dials and knobs
([12:08](https://www.youtube.com/watch?v=aircAruvnKk&t=728s)). Each layer after the input has a matrix of
weights `W` and a column of biases `b`. `W` has a row for each neuron of its layer, and in that row a weight
for each neuron of the layer before ([13:40](https://www.youtube.com/watch?v=aircAruvnKk&t=820s)).
""",
    ),
    (
        CODE,
        """
import base64
import io

import numpy as np

network = np.load(io.BytesIO(base64.b64decode(NETWORK)))

# To use a network that you have downloaded, put its file beside this notebook and remove this "#":
# network = np.load("<<FILE>>")

layers = len(network) // 2
W = [network[f"W{n}"] for n in range(layers)]
b = [network[f"b{n}"] for n in range(layers)]
for n in range(layers):
    print(f"W{n} has {W[n].shape[0]} rows and {W[n].shape[1]} columns. b{n} has {len(b[n])} biases.")
print("Weights and biases:", sum(array.size for array in W + b))
""",
    ),
    (
        MARKDOWN,
        """
## The input: 784 pixels

The network sees the drawing as 28 by 28 pixels. Each pixel is a neuron, a thing that holds a number: its
*activation* ([2:52](https://www.youtube.com/watch?v=aircAruvnKk&t=172s)). 0 is black, 1 is white.
""",
    ),
    (
        CODE,
        """
pixels = np.frombuffer(base64.b64decode(DRAWING), "<f4").reshape(28, 28)


def show(picture):
    picture = np.clip(picture, 0, 1)
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        for row in picture:
            print("".join(2 * " .:-=+*#%@"[int(9.99 * pixel)] for pixel in row))
    else:
        plt.imshow(picture, cmap="gray", vmin=0, vmax=1)
        plt.axis("off")
        plt.show()


show(pixels)
""",
    ),
    (
        MARKDOWN,
        """
The input layer is these pixels in one column, row after row.
""",
    ),
    (
        CODE,
        """
a = pixels.reshape(784, 1)
print(a.shape)
""",
    ),
    (
        MARKDOWN,
        """
## One neuron

A neuron of the next layer multiplies each activation by a weight and adds everything up: the weighted sum
([8:51](https://www.youtube.com/watch?v=aircAruvnKk&t=531s)). Then it adds its bias, which says how high the
sum has to be before the neuron gets active ([11:02](https://www.youtube.com/watch?v=aircAruvnKk&t=662s)).
The result can be any number. An *activation function* squishes it:

- the sigmoid σ squishes it to between 0 and 1
  ([10:32](https://www.youtube.com/watch?v=aircAruvnKk&t=632s));
- ReLU keeps what is above 0, and turns the rest into 0
  ([17:19](https://www.youtube.com/watch?v=aircAruvnKk&t=1039s)).

The hidden layers use one of the two. The outputs are always sigmoids.
""",
    ),
    (
        CODE,
        """
def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return np.maximum(z, 0)


hidden = relu if network["activation"] == "relu" else sigmoid
squish = [hidden] * (layers - 1) + [sigmoid]

neuron = 0
weights = W[0][neuron]
z = weights @ a[:, 0] + b[0][neuron, 0]
print(f"Neuron {neuron}: weighted sum with bias {z:.2f}, activation {squish[0](z):.2f}")
""",
    ),
    (
        MARKDOWN,
        """
## One layer

All neurons of a layer do the same, each with its own row of weights. So one product of a matrix and a
column computes them all: a' = σ(W a + b) ([14:43](https://www.youtube.com/watch?v=aircAruvnKk&t=883s)).
""",
    ),
    (
        CODE,
        """
z = W[0] @ a + b[0]
print(squish[0](z).round(2))
""",
    ),
    (
        MARKDOWN,
        """
## Layer after layer

The activations of one layer bring about those of the next
([4:03](https://www.youtube.com/watch?v=aircAruvnKk&t=243s)), up to the ten outputs.
""",
    ),
    (
        CODE,
        """
activations = [a]
for n in range(layers):
    z = W[n] @ activations[n] + b[n]
    activations.append(squish[n](z))
    print(f"Layer {n + 1}, {len(z)} neurons:", activations[-1][:, 0].round(2))
""",
    ),
    (
        MARKDOWN,
        """
## The answer

There is an output for each digit. Its activation is how much the network believes in that digit
([3:46](https://www.youtube.com/watch?v=aircAruvnKk&t=226s)). The brightest one is its choice.

<<ANSWER>>
""",
    ),
    (
        CODE,
        """
outputs = activations[-1][:, 0]
for digit in range(len(outputs)):
    print(digit, f"{outputs[digit]:.2f}", "#" * round(40 * float(outputs[digit])))
print("The brightest output:", outputs.argmax())
""",
    ),
    (
        MARKDOWN,
        """
## Your turn

The whole network is just a function: 784 numbers in, 10 out
([15:39](https://www.youtube.com/watch?v=aircAruvnKk&t=939s)). Here it is. Give it another picture, or
change a weight or a bias first:

- What does it make of half a digit? Of an empty picture? Of noise, `np.random.rand(28, 28)`?
- Set a row of `W[0]` to 0. Which digits need that neuron?
- Look at a neuron of the first layer: `show(abs(W[0][0]).reshape(28, 28))`. Did you expect an edge or a
  loop?
""",
    ),
    (
        CODE,
        """
def feedforward(picture):
    a = picture.reshape(784, 1)
    for n in range(layers):
        a = squish[n](W[n] @ a + b[n])
    return a[:, 0]


half = pixels.copy()
half[:14] = 0
show(half)
print("Without the upper half, the brightest output is", feedforward(half).argmax())
""",
    ),
)
