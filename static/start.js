/**
 * Before Python is there, nobody else can say that it will not come: this does, in one sentence.
 *
 * Old syntax on purpose, so that old browsers can read it. `py/page/main.py` takes over from
 * `html[data-page="ready"]` on.
 */
(function () {
  var root = document.documentElement;
  var PATIENCE = 15000; // milliseconds; the page's own part takes less than one on a slow phone
  var needs = [
    "WebAssembly",
    "Worker",
    "Promise",
    "ReadableStream",
    "TransformStream",
    "ResizeObserver",
  ];

  function fail(sentence) {
    if (root.getAttribute("data-page") === "ready") return;
    root.setAttribute("data-engine", "failed");
    document.getElementById("loading").hidden = true;
    document.getElementById("failure").hidden = false;
    document.querySelector("#failure p").textContent = sentence;
    document.getElementById("retry").onclick = function () {
      if (root.getAttribute("data-page") !== "ready") location.reload();
    };
  }

  function check() {
    var missing = needs.filter(function (name) {
      return typeof window[name] === "undefined";
    });
    if (missing.length)
      fail(
        "This browser cannot run the page: it has no " +
          missing.join(", no ") +
          ". A current Chrome, Edge, Firefox or Safari can."
      );
  }

  function hear(event) {
    var reason = event.reason || event.error || event;
    var file = event.target && event.target.src;
    if (root.getAttribute("data-page") === "ready" || (event.target !== window && !file)) return;
    // Of a part that Python's page is there to speak of, it is told when it comes (py/page/main.py).
    window.earlyTrouble = String(reason.message || reason);
    fail(
      "The page could not start (" +
        (file ? file.replace(/.*\//, "") + " could not be loaded" : reason.message || reason) +
        "). Check the connection, then try again."
    );
  }

  // What goes wrong inside the page's Python before it listens for errors is only on the console.
  function wait() {
    setTimeout(function () {
      fail("The page is taking too long to start. Check the connection, then try again.");
    }, PATIENCE);
  }

  document.addEventListener("DOMContentLoaded", check);
  window.addEventListener("load", wait);
  window.addEventListener("error", hear, true);
  window.addEventListener("unhandledrejection", hear);
})();
