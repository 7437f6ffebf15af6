"""The panels below the network: what explains it, and lets it be changed.

A panel is a folder: ``panel.py`` with a class ``Panel``, ``panel.html`` and ``panel.css``. It is listed here
and nowhere else; the build collects its parts.
"""

# In the order in which they are rendered.
PANELS = ("neuron", "layer", "edit", "compare", "code")
