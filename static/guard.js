/**
 * Watches over what the page asks its server for: bytes other than those that were built are refused, what
 * hangs is given up, and a style sheet that did not come is asked for once more.
 *
 * What has a tag is checked by the tag's `integrity`, what the page's Python fetches by the sums of
 * `<meta name="sums">`; the build writes both (tools/integrity.py). The worker checks its own files.
 * It comes before every style sheet, for one that hangs keeps all scripts after it waiting.
 *
 * And it takes from the page's scripts what they are not to depend on: the wall's clock, and storage.
 */
(() => {
  /** Milliseconds for a whole file: the largest is a quarter of a megabyte. */
  const PATIENCE = 30_000;

  /** Until then a style sheet that hangs keeps everything from being seen. */
  const PATIENCE_WITH_STYLE = 10_000;

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

  window.fetch = async (input, init) => {
    const url = new URL(input.url ?? input, base).href;
    if (!url.startsWith(base) || init?.signal) return plainFetch(input, init);
    const path = url.slice(base.length).split(/[?#]/)[0];
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), PATIENCE);
    // With `integrity` a browser holds the answer back until all of it is there.
    const integrity = sumOf(path);
    try {
      return await plainFetch(input, { ...init, integrity, signal: controller.signal });
    } catch {
      const late = controller.signal.aborted;
      throw new Error(`${path}: ${late ? "nothing comes" : "it did not come as it was built"}`);
    } finally {
      clearTimeout(timer);
    }
  };

  /** Style sheets that did not come even when they were asked for twice. */
  const lost = [];

  /** The page works without style, so that it is told of when there is nothing else to be told. */
  const tell = () => {
    if (root.dataset.engine === "loading") setTimeout(tell, 200);
    else if (lost.length) {
      const error = new Error(`${lost[0].getAttribute("href")}: the style sheet did not come`);
      window.dispatchEvent(new ErrorEvent("error", { message: error.message, error }));
    }
  };

  const giveUp = (sheet) => {
    if (!sheet.isConnected) return; // another is in its place
    if (!("again" in sheet.dataset)) fetchAgain(sheet);
    else if (lost.push(sheet) === 1) tell();
  };

  const fetchAgain = (sheet) => {
    const fresh = sheet.cloneNode();
    fresh.dataset.again = "";
    sheet.replaceWith(fresh);
    setTimeout(() => fresh.sheet || lost.includes(fresh) || giveUp(fresh), PATIENCE_WITH_STYLE);
  };

  const hear = ({ target }) => {
    if (target.rel === "stylesheet") giveUp(target);
  };

  const look = () => {
    for (const sheet of document.querySelectorAll("link[rel=stylesheet]"))
      if (!sheet.sheet && !("again" in sheet.dataset)) giveUp(sheet);
  };

  const retry = (event) => {
    if (event.target.closest("#retry")) for (const sheet of lost.splice(0)) fetchAgain(sheet);
  };

  // MicroPython 1.27 counts milliseconds by the wall's clock: one that is set back would stop its timers.
  const { timeOrigin } = performance;
  Date.now = () => Math.round(timeOrigin + performance.now());

  // PyScript 0.7.31 opens a database for a file system that nothing here uses. Where storage is forbidden that
  // throws, and nothing is to be kept where it is not.
  Object.defineProperty(window, "indexedDB", { value: { open: () => ({}) } });

  window.addEventListener("error", hear, true);
  document.addEventListener("click", retry, true);
  setTimeout(look, PATIENCE_WITH_STYLE);
})();
