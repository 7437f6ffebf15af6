/**
 * Writes `serviceworker.js` into a finished site: `node tools/site_build/service_worker.mjs SITE`.
 *
 * Workbox makes it. What a visit begins with is fetched when it is installed, everything else that the
 * page may ask for is kept when it was first wanted, and each file has its sha256 in it: the browser itself
 * refuses what is of another build. The same site gives the same bytes.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { argv, exit } from "node:process";
import { generateSW } from "workbox-build";

const FILE = "serviceworker.js";

/** Nobody asks for these while the page is in use: they are for people to read, and for machines. */
const APART = [FILE, "serve.py", "THIRD_PARTY.txt", "sbom.cdx.json"];

/** What a visit may want, and many do not: see "kept when first wanted" in docs/decisions.md. */
const LATER = [
  /^digits\//,
  /^weights\/(?!784-16-16-10-(sigmoid|relu)\.)/,
  /^py\/nn\//,
  /^runtime\/pyodide\/.*\.(zip|whl)$/,
  /^runtime\/pyscript\/(?!core-|error)/,
  /^static\/(boot\/sandbox|editor\/.*)\.mjs$/,
  /^static\/icons\//,
];

/** The name tells the content, so that an HTTP cache's copy will do: our hashes, Rollup's, and versions. */
const NAMED =
  /-[0-9a-f]{8}\.\w+$|^runtime\/pyscript\/.*-[\w-]{8}\.js$|^runtime\/micropython-[\d.]+\//;

const hash = (content) => createHash("sha256").update(content).digest("base64");

const filesOf = (site) =>
  readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join("/"))
    .filter((path) => !APART.includes(path))
    .sort();

/** Workbox writes functions down by their source; this puts a constant of the build into it. */
const withConstant = (name, value, written) => {
  const source = written.toString().replaceAll(name, JSON.stringify(value));
  return Object.assign(() => {}, { toString: () => source });
};

const write = async (site) => {
  const files = filesOf(site);
  const integrity = Object.fromEntries(
    files.map((path) => [path, `sha256-${hash(readFileSync(join(site, path)))}`]),
  );
  const isLater = (path) => LATER.some((pattern) => pattern.test(path));
  const later = Object.fromEntries(files.filter(isLater).map((path) => [path, integrity[path]]));
  await generateSW({
    swDest: join(site, FILE),
    globDirectory: site,
    globPatterns: files.filter((path) => !isLater(path)),
    maximumFileSizeToCacheInBytes: 32 * 2 ** 20,
    dontCacheBustURLsMatching: NAMED,
    manifestTransforms: [
      (entries) => ({
        manifest: entries
          .map((entry) => ({ ...entry, integrity: integrity[entry.url] }))
          .sort((one, other) => (one.url < other.url ? -1 : 1)),
      }),
    ],
    // A query is the page's own business: it is always the same page.
    ignoreURLParametersMatching: [/.*/],
    cleanupOutdatedCaches: true,
    clientsClaim: false,
    skipWaiting: false,
    runtimeCaching: [
      {
        // The table is put down once, where it is needed first.
        urlPattern: withConstant("LATER", later, ({ url }) => {
          self.later ??= LATER;
          self.pathOf ??= (address) =>
            address.split(/[?#]/)[0].slice(self.registration.scope.length);
          return (
            url.href.startsWith(self.registration.scope) && self.pathOf(url.href) in self.later
          );
        }),
        handler: "CacheFirst",
        options: {
          cacheName: "plain-vanilla-later",
          expiration: { maxEntries: 64 },
          plugins: [
            {
              // A file of one build is never found by another.
              cacheKeyWillBeUsed: async ({ request }) =>
                `${request.url.split(/[?#]/)[0]}?${encodeURIComponent(self.later[self.pathOf(request.url)])}`,
              requestWillFetch: async ({ request }) =>
                new Request(request.url, {
                  integrity: self.later[self.pathOf(request.url)],
                  signal: request.signal,
                }),
            },
          ],
        },
      },
    ],
    mode: "production",
    sourcemap: false,
    inlineWorkboxRuntime: true,
  });
};

if (argv.length !== 3) {
  console.error("One folder is needed: node tools/site_build/service_worker.mjs _site");
  exit(1);
}
await write(argv[2]);
