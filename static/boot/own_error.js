/**
 * Defines `ownError(event)`: the message of an uncaught error if the site's own code caused it, otherwise "".
 * Browser extensions run scripts in the page, too, and their errors are not ours to report.
 *
 * An error is our own if one of our scripts began the task that failed; the last line of the stack tells. Single
 * frames prove nothing: an extension's call may pass through our `fetch`, and our calls through functions that
 * an extension has replaced. An error that passed through MicroPython is always our own. When a module fails to
 * load there may be no stack, but the message names the module.
 *
 * The build puts this file into the page, in front of start.js, and the same rules apply: ASCII, old syntax.
 */
window.ownError = (event) => {
  var reason = event.reason || event.error;
  // Browsers also report harmless things this way, such as a late ResizeObserver.
  if (!reason) return "";
  try {
    return isOwn(event.filename, reason) ? String(reason.message || reason) : "";
  } catch (_) {
    return ""; // some objects throw when they are inspected
  }

  function isOwn(file, error) {
    var stack = error.stack || "";
    if (window.isOwnScript(stack) && /\/runtime\/micropython-[^\n]*\.mjs/.test(stack)) return true;
    var frames = stack
      .split("\n")
      .filter(
        (line) =>
          /^ *at |@/.test(line) && !/native code|\(<anonymous>\)|\(index \d+\)|wasm/.test(line)
      );
    if (frames.length) return window.isOwnScript(frames.pop());
    if (window.isOwnScript(file || error.message || "")) return true;
    // WebKit does not name the module. Once the page is ready, Python catches failed imports itself.
    return (
      /^Importing a module/.test(error.message) &&
      document.documentElement.getAttribute("data-page") !== "ready"
    );
  }
};

/** Whether a text, such as a line of a stack, contains the address of one of the site's scripts. */
window.isOwnScript = (text) => {
  var site = document.baseURI.replace(/[?#].*/, "").replace(/[^/]*$/, "");
  var place = text.indexOf(site);
  // A script that an extension adds to the page has the page's own address, which is no script file.
  return place >= 0 && /^[^?#\s]+\.m?js\b/.test(text.slice(place + site.length));
};
