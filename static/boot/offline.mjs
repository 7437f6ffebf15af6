/**
 * The service worker, seen from the page: registers it, offers a new build, and switches to that.
 *
 * It is JavaScript because a browser that forbids service workers may throw when a script only looks for them, and
 * MicroPython 1.27 cannot catch what JavaScript throws synchronously. Where there is no service worker (a private
 * window, plain http, a full disk) nothing happens, and the page works online as usual.
 */

let registration = null;

/** Register the service worker. Calls `offer()` when a new build waits, `moved()` when one has taken over. */
export const install = async (offer, moved) => {
  try {
    const { serviceWorker } = navigator;
    if (!serviceWorker) return;
    // A page's first service worker does not take it over. One that takes over is of another build.
    if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", () => moved());
    registration = await serviceWorker.register(new URL("serviceworker.js", document.baseURI));
    const watch = (worker) => {
      const look = () => {
        if (worker.state === "installed" && registration.waiting && registration.active) offer();
      };
      worker.addEventListener("statechange", look);
      look();
    };
    for (const worker of [registration.waiting, registration.installing]) if (worker) watch(worker);
    registration.addEventListener("updatefound", () => watch(registration.installing));
  } catch (error) {
    console.info("This page is not cached for the next visit:", String(error));
  }
};

/**
 * Have the service worker cache a file that this page's first visit has fetched without it. Later visits go through it.
 * The message is Workbox's own, and the file comes from the browser's HTTP cache where that may be.
 */
export const cache = async (path) => {
  if (!registration || navigator.serviceWorker.controller) return;
  const { active } = await navigator.serviceWorker.ready;
  const urlsToCache = [new URL(path, document.baseURI).href];
  active.postMessage({ type: "CACHE_URLS", payload: { urlsToCache } });
};

/** Save a state for when this tab reloads the page. Returns whether the browser can. */
export const remember = (state) => {
  try {
    history.replaceState(state, "");
    return true;
  } catch {
    return false; // the state is too large for this browser
  }
};

/** Activate the build that waits, and reload the page then. */
export const activate = () => {
  const worker = registration?.waiting;
  if (!worker) return location.reload(); // another tab was first
  worker.addEventListener("statechange", () => {
    if (worker.state === "activated") location.reload();
  });
  worker.postMessage({ type: "SKIP_WAITING" });
};

/** Delete a file from the caches, so that it is fetched from the host. Returns whether there was a copy. */
export const forget = async (address) => {
  let found = false;
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      found = (await cache.delete(address, { ignoreSearch: true })) || found;
    }
  } catch {
    // There are no caches here, and so no copy.
  }
  return found;
};

/**
 * Delete all cached files but Python's own large ones, since one may be damaged, and look for a new build. If the
 * host does not answer, nothing is deleted.
 */
export const refresh = async () => {
  try {
    if (!navigator.serviceWorker?.controller) return;
    const { scope } = await navigator.serviceWorker.ready;
    const answer = await fetch(new URL("serviceworker.js", document.baseURI), {
      cache: "no-store",
    });
    if (!answer.ok) return;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        if (request.url.startsWith(scope) && !request.url.includes("/runtime/python/"))
          await cache.delete(request);
    }
    await registration?.update();
  } catch {
    // The caches stay as they are.
  }
};
