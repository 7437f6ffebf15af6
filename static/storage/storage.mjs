/**
 * What the visitor asked to be kept on this device: bytes by kind and name, in a database of this site's own.
 *
 * It is IndexedDB because that works over plain HTTP, unlike Cache Storage and the Origin Private File System. It is
 * JavaScript because browsers that forbid storage throw, and MicroPython 1.27 cannot catch what JavaScript throws
 * synchronously. So each function returns `{ value }` or `{ trouble }`: "full", "forbidden" or "missing".
 */

/** One origin may host several sites, as GitHub Pages does. */
const NAME = `plain-vanilla ${new URL(".", document.baseURI).pathname}`;

const STORE = "kept";

/** Milliseconds for one operation. A browser whose database hangs must not keep anybody waiting. */
const PATIENCE = 10_000;

/** All keys of a kind. A key is `[kind, name]`, and any array is greater than any string. */
const all = (kind) => IDBKeyRange.bound([kind], [kind, []]);

/** guard.js has put something else in the place of `indexedDB`, and has the real one's getter. */
const factory = () => {
  const found = window.indexedDB.real?.call(window);
  if (!found) throw new DOMException("There is no database here.", "NotFoundError");
  return found;
};

const exists = async () => {
  const all = await factory().databases?.();
  return !all || all.some(({ name, version }) => name === NAME && version > 0);
};

const open = () =>
  new Promise((resolve, reject) => {
    const request = factory().open(NAME);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Do something with the store, in one transaction. Give the result of the request that `work` returns. Without
 * `create`, give undefined if there is no database: looking leaves nothing behind, except in Firefox before 126.
 */
const within = async (mode, create, work) => {
  if (!create && !(await exists())) return undefined;
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    database.close();
  }
};

/** Delete keys, and the whole database with the last one. */
const erase = async (keys) => {
  const left = await within("readwrite", false, (store) => {
    store.delete(keys);
    return store.count();
  });
  if (left !== 0) return;
  // A look before the database has gone would find it, and open it anew.
  await new Promise((resolve) => {
    const request = factory().deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
};

const waiting = () =>
  new Promise((_, reject) => {
    setTimeout(reject, PATIENCE, new DOMException("The database hangs.", "TimeoutError"));
  });

const TROUBLES = { QuotaExceededError: "full", NotFoundError: "missing" };

const told = async (work) => {
  try {
    return { value: (await Promise.race([work(), waiting()])) ?? null };
  } catch (error) {
    console.info("Nothing was kept on this device:", String(error));
    return { trouble: TROUBLES[error?.name] ?? "forbidden" };
  }
};

/** Give the names that are kept of a kind, in the order of their characters' codes. */
export const names = (kind) =>
  told(async () => {
    const keys = await within("readonly", false, (store) => store.getAllKeys(all(kind)));
    return (keys ?? []).map(([, name]) => name);
  });

/** Give the bytes that are kept under a name; null if there are none. */
export const load = (kind, name) =>
  told(() => within("readonly", false, (store) => store.get([kind, name])));

/** Keep bytes, a Uint8Array, under a name: all of them, or what was there stays. */
export const save = (kind, name, bytes) =>
  told(async () => {
    // `slice`, since the array may be a view of a much larger buffer, which would be kept as well.
    await within("readwrite", true, (store) => store.put(bytes.slice(), [kind, name]));
  });

/** Give all that is kept of a kind, in the order of the names: `names` and `contents`. */
export const loadAll = (kind) =>
  told(async () => {
    const found = await within("readonly", false, (store) => {
      const keys = store.getAllKeys(all(kind));
      const contents = store.getAll(all(kind));
      return {
        get result() {
          return [keys.result, contents.result];
        },
      };
    });
    const [keys, contents] = found ?? [[], []];
    return { names: keys.map(([, name]) => name), contents };
  });

/** Keep many at once: all of them, or none. */
export const saveAll = (kind, names, contents) =>
  told(async () => {
    await within("readwrite", true, (store) => {
      for (const [at, name] of names.entries()) store.put(contents[at].slice(), [kind, name]);
      return {};
    });
  });

/** Keep the bytes of a name no longer. */
export const remove = (kind, name) => told(() => erase(IDBKeyRange.only([kind, name])));

/** Keep nothing of a kind any longer. */
export const clear = (kind) => told(() => erase(all(kind)));
