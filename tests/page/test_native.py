"""Modules from a bundle can be imported."""

from binascii import b2a_base64

from native import write_modules


def bundled(modules):
    """Write a bundle as `tools/site_build/bundle.py` does."""
    lines = [path + " " + b2a_base64(modules[path].encode()).decode() for path in modules]
    return "".join(lines)


def test_modules_of_a_bundle_can_be_imported():
    """They may need new folders, or go into existing ones."""
    write_modules(bundled({"box/__init__.py": "", "box/deep/one.py": "VALUE = 'a \\n \u03c3'\n"}))
    write_modules(bundled({"box/two.py": "from box.deep.one import VALUE\n"}))
    import box.two

    assert box.two.VALUE == "a \n \u03c3"
