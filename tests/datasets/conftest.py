"""The fixtures that the tests of the mathematics share."""

from numeric import *  # noqa: F403, pytest finds fixtures by their names
