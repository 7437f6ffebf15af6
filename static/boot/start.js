/**
 * Before Python is there, nobody else can say that it will not come: this does, in one sentence. In a
 * browser that lacks what it needs, it is not begun.
 *
 * The build writes it into the page, whose policy has its hash: in a file it would be refused where it is needed
 * most. ASCII and old syntax on purpose, so that old browsers can read it. `py/page/app.py` takes over from
 * `html[data-page="ready"]` on.
 */
(function () {
  var root = document.documentElement;
  var PATIENCE = 15000; // milliseconds in which nothing has come; the page's own part takes less than one
  var lacking = false;
  var checked = false;
  var cause = ""; // what the server did wrong, once it is known
  var looks = 3; // how often the server is asked for that
  var plainFetch = window.fetch; // static/boot/guard.js has its own

  /** What Python here needs, and whether this browser has it. README.md says since when browsers do. */
  function needs() {
    var wasm = window.WebAssembly;
    return {
      WebAssembly: wasm,
      "exceptions in WebAssembly": wasm && wasm.Exception,
      "module scripts": "noModule" in document.createElement("script"),
      "module workers": hasModuleWorkers(),
      DecompressionStream: window.DecompressionStream,
      structuredClone: window.structuredClone,
      ResizeObserver: window.ResizeObserver,
      "constructed style sheets": "adoptedStyleSheets" in document,
      MathML: window.MathMLElement,
    };
  }

  /** A browser that knows of them asks for the type, before it finds that the address is none. */
  function hasModuleWorkers() {
    var asked = false;
    var options = Object.defineProperty({}, "type", {
      get: function () {
        asked = true;
        return "module";
      },
    });
    try {
      new Worker("http://[", options).terminate();
    } catch (_) {
      // It is no address.
    }
    return asked;
  }

  function fail(sentence) {
    if (lacking || root.getAttribute("data-page") === "ready") return;
    root.setAttribute("data-engine", "failed");
    if (!document.getElementById("retry")) substitute();
    ["loading", "unstarted"].forEach(function (name) {
      var part = document.getElementById(name);
      if (part) part.hidden = true;
    });
    document.getElementById("failure").hidden = false;
    var page = document.getElementById("page");
    if (page) page.hidden = false;
    document.querySelector("#failure p").textContent = cause || sentence;
    document.getElementById("retry").onclick = function () {
      if (root.getAttribute("data-page") !== "ready") again();
    };
  }

  /** Leave nothing of the page that could begin, or be shown without its style sheet. */
  function drop() {
    [].forEach.call(
      document.querySelectorAll("#page, link[href*='/pyscript/core-']"),
      function (part) {
        part.parentNode.removeChild(part);
      }
    );
  }

  /** Leave nothing but one line of #unstarted: "file" or "frame", or that of the source, which is the only one. */
  function refuse(why) {
    var notice = document.getElementById("unstarted");
    if (lacking || root.getAttribute("data-page") === "ready") return;
    if (!notice)
      return document.addEventListener("readystatechange", function () {
        refuse(why);
      });
    lacking = true;
    drop();
    root.setAttribute("data-engine", "failed");
    notice.hidden = false;
    notice.style.cssText =
      "font:1.125rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40em;overflow-wrap:anywhere;padding:0 1rem";
    [].forEach.call(notice.querySelectorAll("[data-why]"), function (line) {
      line.hidden = line.getAttribute("data-why") !== why;
    });
    // Where the frame lets no link open a tab, the address has to be there to be copied.
    var link = notice.querySelector("[data-why=frame] a");
    if (link) link.href = link.textContent = location.href;
  }

  /** Ask the server for what the page begins with, as it may say why it did not come; then fail. */
  function examine(sentence) {
    // A sandboxed frame is given few of the server's files, and in WebKit none.
    if (window.origin === "null") return refuse("frame");
    if (!plainFetch || !looks--) return fail(sentence);
    // Without its style sheet the page starts, and what the worker lacks is told when the page is there.
    var tags = document.querySelectorAll(
      "link[rel=modulepreload], link[rel=preload]:not([href$='.css']), script[src]:not([type=py])"
    );
    var timer = setTimeout(fail, 3000, sentence); // it may say nothing
    Promise.all([].map.call(tags, ask)).then(tell, tell);
    function tell(found) {
      clearTimeout(timer);
      if (root.getAttribute("data-page") === "ready") return;
      if (!cause && found.filter) cause = found.filter(Boolean)[0] || "";
      if (cause) drop();
      fail(sentence);
    }
  }

  /** Promise what is wrong with the server's answer for the file of a tag, "" if nothing is. */
  function ask(tag) {
    var file = tag.href || tag.src;
    return plainFetch(file).then(function (answer) {
      var name = file.replace(/[?#].*/, "").replace(/.*\//, "");
      var type = (answer.headers.get("content-type") || "no type").split(";")[0];
      if (!answer.ok)
        return (
          "The page could not start: the server answers " +
          answer.status +
          " for " +
          name +
          ". If you host it, copy all files of the site to the server again. Then try again."
        );
      if (type === "text/html")
        return (
          "The page could not start: for " +
          name +
          " the server sends a web page. If this network asks for a login, log in. If you host the page, copy all " +
          "files of the site to the server again. Then try again."
        );
      if (/\.m?js$/.test(name) && !/(java|ecma)script/.test(type))
        return (
          "The page could not start: the server sends " +
          name +
          " as " +
          type +
          ", and browsers refuse scripts of that type. If you host the page, have .js and .mjs sent as " +
          "text/javascript, or run python3 serve.py in the folder of the site. Then try again."
        );
      return "";
    });
  }

  /** A page that was cut has no place for the sentence. */
  function substitute() {
    var box = document.createElement("div");
    box.id = "failure";
    box.setAttribute("role", "alert");
    box.innerHTML = '<p></p><button id="retry" type="button" class="pill">Try again</button>';
    if (!document.body) document.body = document.createElement("body");
    (document.querySelector("main") || document.body).appendChild(box);
    // Before it has read so far as to the body, Firefox 153 lays nothing out if nobody asks where it is.
    box.getBoundingClientRect();
  }

  /** What is kept of this site for the next visit may be damaged: if the host answers, it is fetched anew. */
  function again() {
    var workers;
    try {
      workers = navigator.serviceWorker;
    } catch (_) {
      // Forbidden here, so nothing was kept.
    }
    function reload() {
      if (!window.fetch) return go();
      // Of a module that did not come, WebKitGTK 2.50 remembers that, until it comes to somebody else.
      var modules = document.querySelectorAll("link[rel=modulepreload]");
      Promise.all(
        [].map.call(modules, function (link) {
          return fetch(link.href, { cache: "reload" });
        })
      ).then(go, go);
      setTimeout(go, 3000);
    }
    function go() {
      location.reload();
    }
    if (!workers || !workers.controller) return reload();
    fetch("serviceworker.js", { cache: "no-store" })
      .then(function (answer) {
        return answer.ok && workers.getRegistration();
      })
      .then(function (found) {
        return found && Promise.all([found.unregister(), caches.keys().then(clear)]);
        function clear(names) {
          // Other sites of the same host have theirs.
          var ours = names.filter(function (name) {
            return name.indexOf(found.scope, name.length - found.scope.length) >= 0;
          });
          return Promise.all(
            ours.map(function (name) {
              return caches.delete(name);
            })
          );
        }
      })
      .then(reload, reload);
  }

  // Before the scripts that are modules: what cannot work is not begun.
  function check() {
    if (checked || document.readyState === "loading") return;
    checked = true;
    var notice = document.getElementById("unstarted");
    if (notice && notice.querySelector("template")) return refuse("source");
    if (location.protocol === "file:") return refuse("file");
    var found = needs();
    var missing = Object.keys(found).filter(function (name) {
      return !found[name];
    });
    if (!missing.length && !document.querySelector("script[type=mpy]"))
      fail("The page did not arrive whole. Check the connection, then try again.");
    if (!missing.length) return;
    fail(
      "This browser cannot run the page: it has no " +
        missing.join(", no ") +
        ". Chrome and Edge from 109 on, Firefox from 114 and Safari from 16.4 can."
    );
    lacking = true;
    [].forEach.call(document.querySelectorAll("script[type=py], script[type=mpy]"), function (tag) {
      tag.parentNode.removeChild(tag);
    });
  }

  /** Whether a text, such as a line of a stack, has the address of one of the site's scripts. */
  function namesOurs(text) {
    var site = document.baseURI.replace(/[?#].*/, "").replace(/[^/]*$/, "");
    var place = text.indexOf(site);
    // A script that an extension puts into the page has the page's own address.
    return place >= 0 && /^[^?#\s]+\.m?js\b/.test(text.slice(place + site.length));
  }

  /**
   * Say what went wrong, from the event of an error that nobody caught; "" if the error is not the site's own.
   * Browser extensions run scripts in the page, too. The page asks as well (py/page/app.py).
   *
   * An error is our own if our script began the task that failed: that is the last line of the stack. An
   * extension's calls may go through our `fetch`, and ours through functions that an extension has replaced.
   * An error that went through MicroPython is our own in any case. When a module did not come there may be no
   * stack, but the message names the module.
   */
  window.ownError = function (event) {
    var reason = event.reason || event.error;
    // What browsers also report so, such as a late ResizeObserver, is no error.
    if (!reason) return "";
    try {
      return isOwn(event.filename, reason) ? String(reason.message || reason) : "";
    } catch (_) {
      return ""; // an object that does not let itself be looked at
    }
  };

  function isOwn(file, error) {
    var stack = error.stack || "";
    if (namesOurs(stack) && /\/runtime\/micropython-[^\n]*\.mjs/.test(stack)) return true;
    var frames = stack.split("\n").filter(function (line) {
      return /^ *at |@/.test(line) && !/native code|\(<anonymous>\)|\(index \d+\)|wasm/.test(line);
    });
    if (frames.length) return namesOurs(frames.pop());
    if (namesOurs(file || error.message || "")) return true;
    // WebKit does not say which module. Once the page is ready, Python hears of each that it imports.
    return /^Importing a module/.test(error.message) && root.getAttribute("data-page") !== "ready";
  }

  function hear(event) {
    if (root.getAttribute("data-page") === "ready") return;
    var file = event.target !== window && namesOurs(event.target.src || "") && event.target.src;
    if (event.target !== window && !file) return;
    // Python's errors are tracebacks, of which the last line says what is wrong.
    var said = file ? file.replace(/.*\//, "") + " could not be loaded" : window.ownError(event);
    if (!said) return;
    said = said.trim().split("\n").pop();
    // Of a part that Python's page is there to speak of, it is told when it comes (py/page/app.py).
    window.earlyTrouble = said;
    examine("The page could not start (" + said + "). Check the connection, then try again.");
  }

  // What hangs does not end by itself. As long as files come there is hope.
  var patience;
  function wait() {
    clearTimeout(patience);
    patience = setTimeout(function () {
      examine("The page is taking too long to start. Check the connection, then try again.");
    }, PATIENCE);
  }

  // Nobody needs to read why it may not start, before it is known.
  if (window.MutationObserver)
    new MutationObserver(function (_, observer) {
      var notice = document.getElementById("unstarted");
      if (notice) observer.disconnect();
      if (notice && !lacking) notice.hidden = true;
    }).observe(root, { childList: true, subtree: true });

  check();
  document.addEventListener("readystatechange", check);
  wait();
  if (window.PerformanceObserver)
    new PerformanceObserver(wait).observe({ entryTypes: ["resource"] });
  window.addEventListener("error", hear, true);
  window.addEventListener("unhandledrejection", hear);
})();
