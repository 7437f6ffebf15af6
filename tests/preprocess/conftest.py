"""Share the numeric fixtures with the tests of this folder."""

from numeric import *  # noqa: F403, pytest finds fixtures by their names
