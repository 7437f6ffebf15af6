"""What is kept on the device, by the page's own module and by the browser."""

# Gives what a function of the module gives: a value, or {"trouble": …}. Bytes go and come as lists.
CALL = """
const [name, args, done] = arguments;
const flat = (value) => (ArrayBuffer.isView(value) ? [...value] : value);
const whole = (value) => (Array.isArray(value) ? new Uint8Array(value) : value);
import(new URL("static/storage/storage.mjs", document.baseURI))
  .then((storage) => storage[name](...args.map(whole)))
  .then((reply) => done("trouble" in reply ? reply : flat(reply.value)));
"""

DATABASES = """
indexedDB.real.call(window).databases().then((all) => arguments[0](all.map(({ name }) => name)));
"""


def call(page, name, *arguments):
    """Call a function of `static/storage/storage.mjs`; give its value, or {"trouble": …}."""
    return page.driver.execute_async_script(CALL, name, arguments)


def databases(page):
    """List the names of all databases of the site."""
    return page.driver.execute_async_script(DATABASES)
