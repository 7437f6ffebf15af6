"""The settings that the visitor wants for a training run."""

import json

from page.engine_client.training_settings import default_rate, defaults

# A run keeps these as they are. They take effect when the network forgets.
FIXED = ("shape", "activation")


class WantedSettings:
    """What was chosen. What was not is the default, or follows the network in use."""

    def __init__(self, state, memory):
        """memory: of the device, in gigabytes."""
        self._state = state
        self._chosen = defaults(memory)

    def choose(self, changes):
        """Choose settings; None: choose no longer.

        A learning rate suits an optimiser and an activation. If another of these is chosen, the rate moves
        along.
        """
        self._chosen.update(changes)
        if "rate" not in changes and ("optimiser" in changes or changes.get("activation")):
            self._chosen["rate"] = None

    def read(self):
        """Return all settings. Unless chosen, shape and activation are those of the network in use."""
        network = self._state.network
        settings = {"shape": list(network.shape), "activation": network.activation}
        settings.update({name: value for name, value in self._chosen.items() if value is not None})
        if "rate" not in settings:
            settings["rate"] = default_rate(settings["optimiser"], settings["activation"])
        return settings

    def text(self, in_force=None):
        """Return all settings as JSON text, with the shape and activation that the run has already.

        in_force: the run's own settings, or None before there is a run: it begins with the network in use.
        """
        network = self._state.network
        fixed = in_force or {"shape": list(network.shape), "activation": network.activation}
        settings = self.read()
        settings.update({name: fixed[name] for name in FIXED})
        return json.dumps(settings)
