/**
 * Reports, in one sentence, why the page cannot start, for as long as Python is not there to do so. In a browser
 * that lacks a required feature the page is not started at all.
 *
 * The build puts this script into the page, and its hash into the policy: as a file it would be refused exactly
 * where it is needed most. It is ASCII and old syntax, so that old browsers can read it. From
 * `html[data-page="ready"]` on, `py/page/app.py` takes over.
 */
(function () {
  var root = document.documentElement;
  var PATIENCE = 15000; // milliseconds without any download; the page's own part takes less than one second
  var refused = false;
  var checked = false;
  var cause = ""; // what is wrong with the server's answers, once known
  var looks = 3; // how many more times the server is asked for the cause
  var plainFetch = window.fetch; // guard.js replaces it

  function isReady() {
    return root.getAttribute("data-page") === "ready";
  }

  function each(selector, action) {
    [].forEach.call(document.querySelectorAll(selector), action);
  }

  function remove(element) {
    element.parentNode.removeChild(element);
  }

  function fail(sentence) {
    if (refused || isReady()) return;
    root.setAttribute("data-engine", "failed");
    if (!document.getElementById("retry")) addFailureBox();
    each("#loading, #unstarted", function (part) {
      part.hidden = true;
    });
    document.getElementById("failure").hidden = false;
    var page = document.getElementById("page");
    if (page) page.hidden = false;
    document.querySelector("#failure p").textContent = cause || sentence;
    document.getElementById("retry").onclick = function () {
      if (!isReady()) again();
    };
  }

  /** Remove everything that could still start, or be shown without its style sheet. */
  function removePage() {
    each("#page, link[href*='/pyscript/core-']", remove);
  }

  /** Show one line of #unstarted and nothing else: "file", "frame", or the source's only line. */
  function refuse(why) {
    var notice = document.getElementById("unstarted");
    if (refused || isReady()) return;
    if (!notice)
      return document.addEventListener("readystatechange", function () {
        refuse(why);
      });
    refused = true;
    removePage();
    root.setAttribute("data-engine", "failed");
    notice.hidden = false;
    notice.style.cssText =
      "font:1.125rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:40em;overflow-wrap:anywhere;padding:0 1rem";
    each("#unstarted [data-why]", function (line) {
      line.hidden = line.getAttribute("data-why") !== why;
    });
    // A frame may forbid links that open a tab. The address is then there to be copied.
    var link = notice.querySelector("[data-why=frame] a");
    if (link) link.href = link.textContent = location.href;
  }

  /** Ask the server for the files that the page starts with, to find out what went wrong; then fail. */
  function examine(sentence) {
    if (location.protocol === "file:") return refuse("file");
    // A sandboxed frame gets few of the server's files, and none in WebKit.
    if (window.origin === "null") return refuse("frame");
    if (!plainFetch || !looks--) return fail(sentence);
    // Not the style sheet: the page starts without it. Not the worker's files: the page reports those itself.
    var tags = document.querySelectorAll(
      "link[rel=modulepreload], link[rel=preload]:not([href$='.css']), script[src]:not([type=py])"
    );
    var timer = setTimeout(fail, 3000, sentence); // the server may not answer
    Promise.all([].map.call(tags, ask)).then(tell, tell);
    function tell(found) {
      clearTimeout(timer);
      if (isReady()) return;
      if (!cause && found.filter) cause = found.filter(Boolean)[0] || "";
      if (cause) removePage();
      fail(sentence);
    }
  }

  /** Promise a sentence on what is wrong with the server's answer for a tag's file; "" if nothing is. */
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

  /** A page that was cut off has no place for the sentence. */
  function addFailureBox() {
    var box = document.createElement("div");
    box.id = "failure";
    box.setAttribute("role", "alert");
    box.innerHTML = '<p></p><button id="retry" type="button" class="pill">Try again</button>';
    if (!document.body) document.body = document.createElement("body");
    (document.querySelector("main") || document.body).appendChild(box);
    // Until the parser has reached the body, Firefox 153 lays nothing out unless a script asks for a position.
    box.getBoundingClientRect();
  }

  /** Reload. Cached files may be damaged: if the host answers, they are deleted first. */
  function again() {
    var workers;
    try {
      workers = navigator.serviceWorker;
    } catch (_) {
      // Service workers are forbidden here, so there is no cache.
    }
    if (!workers || !workers.controller) return reload();
    fetch("serviceworker.js", { cache: "no-store" })
      .then(function (answer) {
        return answer.ok && workers.getRegistration();
      })
      .then(function (found) {
        return found && Promise.all([found.unregister(), clearCaches(found.scope)]);
      })
      .then(reload, reload);
  }

  /** Delete the caches of this site. Other sites on the same host have their own. */
  function clearCaches(scope) {
    return caches.keys().then(function (names) {
      var ours = names.filter(function (name) {
        return name.indexOf(scope, name.length - scope.length) >= 0;
      });
      return Promise.all(
        ours.map(function (name) {
          return caches.delete(name);
        })
      );
    });
  }

  function reload() {
    if (!window.fetch) return go();
    // WebKitGTK 2.50 remembers that a module failed to load until somebody else has fetched it.
    var modules = document.querySelectorAll("link[rel=modulepreload]");
    Promise.all(
      [].map.call(modules, function (link) {
        return fetch(link.href, { cache: "reload" });
      })
    ).then(go, go);
    setTimeout(go, 3000);
    function go() {
      location.reload();
    }
  }

  /** Before the module scripts run: do not start what cannot work. */
  function check() {
    if (checked || document.readyState === "loading") return;
    checked = true;
    var notice = document.getElementById("unstarted");
    if (notice && notice.querySelector("[data-source]")) return refuse("source");
    if (location.protocol === "file:") return refuse("file");
    var missing = window.missingFeatures();
    if (!missing.length && !document.querySelector("script[type=mpy]"))
      fail("The page did not arrive whole. Check the connection, then try again.");
    if (!missing.length) return;
    fail(
      "This browser cannot run the page: it has no " +
        missing.join(", no ") +
        ". Chrome and Edge from 109 on, Firefox from 114 and Safari from 16.4 can."
    );
    refused = true;
    each("script[type=py], script[type=mpy]", remove);
  }

  function onError(event) {
    if (isReady()) return;
    var isTag = event.target !== window;
    if (isTag && !window.isOwnScript(event.target.src || "")) return;
    var message = isTag
      ? event.target.src.replace(/.*\//, "") + " could not be loaded"
      : window.ownError(event);
    if (!message) return;
    // A Python error is a traceback; its last line says what is wrong.
    message = message.trim().split("\n").pop();
    // If the page does start, py/page/app.py shows this.
    window.earlyTrouble = message;
    examine("The page could not start (" + message + "). Check the connection, then try again.");
  }

  // A stalled connection does not end by itself. While files arrive there is hope.
  var patience;
  function wait() {
    clearTimeout(patience);
    patience = setTimeout(function () {
      examine("The page is taking too long to start. Check the connection, then try again.");
    }, PATIENCE);
  }

  // Hide the reasons why the page may not start until one of them applies.
  if (window.MutationObserver)
    new MutationObserver(function (_, observer) {
      var notice = document.getElementById("unstarted");
      if (notice) observer.disconnect();
      if (notice && !refused) notice.hidden = true;
    }).observe(root, { childList: true, subtree: true });

  check();
  document.addEventListener("readystatechange", check);
  wait();
  if (window.PerformanceObserver)
    new PerformanceObserver(wait).observe({ entryTypes: ["resource"] });
  window.addEventListener("error", onError, true);
  window.addEventListener("unhandledrejection", onError);
})();
