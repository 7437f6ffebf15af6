"""Modules that come in one file can be imported."""

from binascii import b2a_base64

from native import lay_out


def bundled(modules):
    """Write a bundle as `tools/site_build/bundle.py` does."""
    lines = [path + " " + b2a_base64(modules[path].encode()).decode() for path in modules]
    return "".join(lines)


def test_modules_of_a_bundle_are_imported():
    """From folders that were not there before, and from those that were."""
    lay_out(bundled({"box/__init__.py": "", "box/deep/one.py": "VALUE = 'a \\n \u03c3'\n"}))
    lay_out(bundled({"box/two.py": "from box.deep.one import VALUE\n"}))
    import box.two

    assert box.two.VALUE == "a \n \u03c3"
