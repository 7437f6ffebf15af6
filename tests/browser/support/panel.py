"""The panel about a neuron, and the network it belongs to."""


def open_all(page, is_open=True):
    """Open or close every part of the panel."""
    script = (
        "for (const part of document.querySelectorAll('#inside details')) part.open = arguments[0]"
    )
    page.js(script, is_open)
    page.frame()


def choose(page, name):
    page.click(f'#networks [value="{name}"]')
    page.until(f"return document.documentElement.dataset.network === '{name}'")
    page.settle()
