/**
 * Guards the page's requests: refuses files whose hash is not the built one, and gives up requests that hang. It
 * applies the style sheet, retries it once, and then starts PyScript.
 *
 * Files with a tag are checked by the tag's `integrity`, files that are fetched by `<meta name="hashes">`. The
 * build writes both (tools/site_build/integrity.py). The worker checks its own files.
 *
 * The script is `async`, so that the page can be read even if this file hangs. PyScript must not start before it.
 *
 * It also shields the page's scripts from two things that they must not depend on: the system clock and storage.
 */
(() => {
  /** Milliseconds for one whole file; the largest has a quarter of a megabyte. */
  const PATIENCE = 30_000;

  /** After this many milliseconds the page starts without its style sheet. */
  const PATIENCE_WITH_STYLE = 10_000;

  const STYLE = "static/page.css";

  const { documentElement: root, baseURI } = document;
  const base = new URL(".", baseURI).href;
  const plainFetch = window.fetch.bind(window);
  let hashes = null;

  /** Return the `integrity` of a path of the site; "" if the file is not checked here. */
  const hashOf = (path) => {
    if (!hashes) {
      const files = document.querySelector("meta[name=hashes]")?.content.split("; ") ?? [];
      hashes = new Map(
        files.map((file) => [file.split(" ", 1)[0], file.slice(file.indexOf(" ") + 1)]),
      );
    }
    return hashes.get(path) ?? "";
  };

  /** Fetch a file of the site to its end. Firefox checks the hash only then. */
  const fetchWhole = async (path, input, init, patience) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), patience);
    try {
      const integrity = hashOf(path);
      const answer = await plainFetch(input, { ...init, integrity, signal: controller.signal });
      return new Response(await answer.arrayBuffer(), answer);
    } catch {
      const late = controller.signal.aborted;
      throw new Error(`${path}: ${late ? "the download has stalled" : "missing or damaged"}`);
    } finally {
      clearTimeout(timer);
    }
  };

  window.fetch = async (input, init) => {
    const url = new URL(input.url ?? input, base).href;
    if (!url.startsWith(base) || init?.signal) return plainFetch(input, init);
    return fetchWhole(url.slice(base.length).split(/[?#]/)[0], input, init, PATIENCE);
  };

  /** No <link>: a style sheet that hangs would block all scripts, and could not be given up. */
  const applyStyle = async (init) => {
    const answer = await fetchWhole(STYLE, STYLE, init, PATIENCE_WITH_STYLE);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    document.adoptedStyleSheets.push(sheet);
  };

  const applyStyleAgain = () => applyStyle({ cache: "reload" }).catch(report);

  /** A missing style sheet is reported last: the page still works without it. */
  const report = (error) => {
    if (root.dataset.engine === "loading") return setTimeout(report, 200, error);
    document.getElementById("retry")?.addEventListener("click", applyStyleAgain, { once: true });
    window.dispatchEvent(new ErrorEvent("error", { message: error.message, error }));
  };

  const parsed = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  /** `py/boot/start.py` waits for this, because the page measures its elements. */
  window.styleApplied = Promise.all([
    applyStyle().catch(() => void applyStyleAgain()),
    parsed,
  ]).then(() => {
    const page = document.getElementById("page");
    if (!page) return; // start.js has refused to start it
    document.getElementById("unstarted").hidden = true;
    page.hidden = false;
  });

  // MicroPython 1.27 derives milliseconds from the system clock: setting that back would stop its timers.
  const { timeOrigin } = performance;
  Date.now = () => Math.round(timeOrigin + performance.now());

  // PyScript 0.7.31 opens a database for a file system that is not used here. Where storage is forbidden, that
  // throws. static/storage/storage.mjs gets the real database by its getter.
  const real = Object.getOwnPropertyDescriptor(window, "indexedDB")?.get;
  Object.defineProperty(window, "indexedDB", { value: { open: () => ({}), real } });

  // PyScript 0.7.31 opens a channel for a service worker that is not used here. With cookies blocked, that throws
  // in Firefox, and PyScript would not start.
  try {
    new BroadcastChannel("").close();
  } catch {
    Object.defineProperty(window, "BroadcastChannel", { value: class {} });
  }

  // A <script>, since WebKit ignores the `integrity` of a module that is only preloaded.
  parsed.then(async () => {
    if (window.origin === "null") await import("./sandbox.mjs");
    const link = document.querySelector("link[href*='/pyscript/core-']");
    if (!link) return; // the page was cut off, which start.js reports
    const script = document.createElement("script");
    const { href: src, integrity } = link;
    document.head.append(Object.assign(script, { type: "module", integrity, src }));
  });
})();
