/**
 * Watches over what the page asks its server for: bytes other than those that were built are refused, what
 * hangs is given up. It puts the style sheet on, and asks once more for one that did not come.
 *
 * What has a tag is checked by the tag's `integrity`, what is fetched by the sums of `<meta name="sums">`; the
 * build writes both (tools/site_build/integrity.py). The worker checks its own files.
 * It is loaded beside the page (`async`), so that it keeps nothing from being read should it hang, and begins
 * PyScript itself, which must not come before it.
 *
 * And it takes from the page's scripts what they are not to depend on: the wall's clock, and storage.
 */
(() => {
  /** Milliseconds for a whole file: the largest is a quarter of a megabyte. */
  const PATIENCE = 30_000;

  /** The page is not begun without its style sheet before this many milliseconds. */
  const PATIENCE_WITH_STYLE = 10_000;

  const STYLE = "static/page.css";

  const { documentElement: root, baseURI } = document;
  const base = new URL(".", baseURI).href;
  const plainFetch = window.fetch.bind(window);
  let sums = null;

  /** Give what `integrity` has to be for a path of the site; "" for what is not checked here. */
  const sumOf = (path) => {
    if (!sums) {
      const files = document.querySelector("meta[name=sums]")?.content.split("; ") ?? [];
      sums = new Map(
        files.map((file) => [file.split(" ", 1)[0], file.slice(file.indexOf(" ") + 1)]),
      );
    }
    return sums.get(path) ?? "";
  };

  /** Fetch a file of the site to its end: only then Firefox, too, knows whether its bytes are right. */
  const fetchWhole = async (path, input, init, patience) => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), patience);
    try {
      const integrity = sumOf(path);
      const answer = await plainFetch(input, { ...init, integrity, signal: controller.signal });
      return new Response(await answer.arrayBuffer(), answer);
    } catch {
      const late = controller.signal.aborted;
      throw new Error(`${path}: ${late ? "nothing comes" : "it did not come as it was built"}`);
    } finally {
      clearTimeout(timer);
    }
  };

  window.fetch = async (input, init) => {
    const url = new URL(input.url ?? input, base).href;
    if (!url.startsWith(base) || init?.signal) return plainFetch(input, init);
    return fetchWhole(url.slice(base.length).split(/[?#]/)[0], input, init, PATIENCE);
  };

  /** Not by a tag: one whose sheet hangs keeps the page's scripts waiting, and cannot be given up. */
  const dress = async (init) => {
    const answer = await fetchWhole(STYLE, STYLE, init, PATIENCE_WITH_STYLE);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    document.adoptedStyleSheets.push(sheet);
  };

  const dressAgain = () => dress({ cache: "reload" }).catch(tell);

  /** The page works without style, so that it is told of when there is nothing else to be told. */
  const tell = (error) => {
    if (root.dataset.engine === "loading") return setTimeout(tell, 200, error);
    document.getElementById("retry")?.addEventListener("click", dressAgain, { once: true });
    window.dispatchEvent(new ErrorEvent("error", { message: error.message, error }));
  };

  const read = new Promise((resolve) => {
    if (document.readyState !== "loading") resolve();
    else document.addEventListener("DOMContentLoaded", resolve, { once: true });
  });

  /** For `py/boot/start.py`, since the page asks how large its parts are. */
  window.dressed = Promise.all([dress().catch(() => void dressAgain()), read]).then(() => {
    const page = document.getElementById("page");
    if (!page) return; // it cannot start here, as start.js says
    document.getElementById("unstarted").hidden = true;
    page.hidden = false;
  });

  // MicroPython 1.27 counts milliseconds by the wall's clock: one that is set back would stop its timers.
  const { timeOrigin } = performance;
  Date.now = () => Math.round(timeOrigin + performance.now());

  // PyScript 0.7.31 opens a database for a file system that nothing here uses. Where storage is forbidden that
  // throws, and nothing is to be kept where it is not.
  Object.defineProperty(window, "indexedDB", { value: { open: () => ({}) } });

  // PyScript 0.7.31 opens a channel for a service worker that nothing here uses. Where cookies are blocked that
  // throws in Firefox, and PyScript would not start.
  try {
    new BroadcastChannel("").close();
  } catch {
    Object.defineProperty(window, "BroadcastChannel", { value: class {} });
  }

  // WebKit checks the bytes of a module that has a tag, not of one that is only preloaded.
  read.then(async () => {
    if (window.origin === "null") await import("./sandbox.mjs");
    const link = document.querySelector("link[href*='/pyscript/core-']");
    if (!link) return; // the page was cut, as start.js says
    const script = document.createElement("script");
    const { href: src, integrity } = link;
    document.head.append(Object.assign(script, { type: "module", integrity, src }));
  });
})();
