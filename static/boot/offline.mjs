/**
 * The service worker as the page meets it: registering it, hearing of another build, and taking that.
 *
 * JavaScript, because a browser that allows none may throw where one only looks for it, and an exception that
 * JavaScript throws at once passes MicroPython 1.27's `except` by. Where there is no service worker to be
 * had (a private window, plain http, a full disk), nothing happens: the page works online all the same.
 */

let registration = null;

/** Call `offer()` when another build waits, and `moved()` when one has taken over this page. */
export const keep = async (offer, moved) => {
  try {
    const { serviceWorker } = navigator;
    if (!serviceWorker) return;
    // The first worker that a page gets does not take it over; one that does is of another build.
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
    console.info("This page is not kept for the next visit:", String(error));
  }
};

/** Keep a state for the page when it is loaded anew, in this tab alone; tells whether the browser does. */
export const remember = (state) => {
  try {
    history.replaceState(state, "");
    return true;
  } catch {
    return false; // it is too large for this browser
  }
};

/** Let the build that waits take over, and load the page anew when it has. */
export const take = () => {
  const worker = registration?.waiting;
  if (!worker) return location.reload(); // another tab was first
  worker.addEventListener("statechange", () => {
    if (worker.state === "activated") location.reload();
  });
  worker.postMessage({ type: "SKIP_WAITING" });
};

/** Throw away what is kept of a file, so that it comes from the host; tells whether there was anything. */
export const forget = async (address) => {
  let found = false;
  try {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      found = (await cache.delete(address, { ignoreSearch: true })) || found;
    }
  } catch {
    // No caches are to be had here, so nothing was kept.
  }
  return found;
};

/**
 * Have all but Python's own large files fetched anew, should one that is kept be damaged. Nothing is thrown away
 * while the host does not answer; it is also asked whether it has another build.
 */
export const mend = async () => {
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
    // What is kept stays as it is.
  }
};
