"""Modules that come in one file can be imported."""

import json

from bundle import lay_out


def test_modules_of_a_bundle_are_imported():
    """From folders that were not there before, and from those that were."""
    lay_out(json.dumps({"box/__init__.py": "", "box/deep/one.py": "VALUE = 'a \\n \u03c3'\n"}))
    lay_out(json.dumps({"box/two.py": "from box.deep.one import VALUE\n"}))
    import box.two

    assert box.two.VALUE == "a \n \u03c3"
