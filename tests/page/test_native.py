"""Modules from a bundle can be imported."""

import js
from jsffi import JsException
from native import unpack, write_modules


def bundled(modules):
    """Pack a bundle as `tools/site_build/packing.py` does, without what nobody reads. Return a Response."""
    archive = b""
    for path in modules:
        content = modules[path].encode()
        name = path.encode()
        header = name + bytes(124 - len(name)) + ("%011o" % len(content)).encode()
        archive += header + bytes(512 - len(header)) + content + bytes(-len(content) % 512)
    buffer = js.Uint8Array.new(len(archive) + 1024)
    for at, byte in enumerate(archive):
        buffer[at] = byte
    return js.Response.new(
        js.Response.new(buffer).body.pipeThrough(js.CompressionStream.new("gzip"))
    )


async def test_modules_of_a_bundle_can_be_imported():
    """They may need new folders, or go into existing ones."""
    first = {"box/__init__.py": "", "box/deep/one.py": "VALUE = 'a \\n \u03c3'\n"}
    assert write_modules(await unpack(bundled(first))) == "box box.deep.one"
    second = {"box/two.py": "from box.deep.one import VALUE\n"}
    assert write_modules(await unpack(bundled(second))) == "box.two"
    import box.two

    assert box.two.VALUE == "a \n \u03c3"


async def test_a_bundle_that_is_not_packed_is_an_error_that_python_can_catch():
    """What JavaScript throws at once would pass through `except`."""
    try:
        await unpack(js.Response.new("<!doctype html>"))
    except JsException:
        return
    raise AssertionError("nothing was raised")
