"""The panels: each explains the network, or lets one change it.

A panel is a folder: ``panel.py`` with a class ``Panel``, ``panel.html`` and ``panel.css``. It is listed here
and nowhere else; the build collects its parts.
"""

# In their order on the page.
PANELS = ("neuron", "layer", "edit", "learn", "examples", "compare", "networks", "code")
