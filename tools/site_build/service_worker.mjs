/**
 * Writes `serviceworker.js` into a finished site: `node tools/site_build/service_worker.mjs SITE`.
 *
 * Workbox generates it. It precaches everything that a visit starts with, and caches all other files when they are
 * first used. It contains the sha256 of each file, so that the browser refuses files of another build. The same site
 * gives the same bytes.
 */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { argv, exit } from "node:process";
import { generateSW } from "workbox-build";

const FILE = "serviceworker.js";

/** The page never asks for these. They are for people and for other programs. */
const APART = [FILE, "serve.py", "THIRD_PARTY.txt", "sbom.cdx.json"];

/** Files that many visits do not need: they are cached when they are first used. */
const LATER = [
  /^digits\//,
  /^weights\/(?!784-16-16-10-(sigmoid|relu)\.)/,
  /^py\/(datasets|nn|preprocess)\//,
  /^py\/learning\.zip$/,
  /^runtime\/pyodide\/.*\.(zip|whl)$/,
  /^runtime\/pyscript\/(?!core-|error)/,
  /^runtime\/uplot\//,
  /^static\/(boot\/sandbox|chart\/.*|editor\/.*)\.mjs$/,
  /^static\/icons\//,
];

/** Names with a hash or a version: a copy in the HTTP cache is always right. */
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

/** Put a constant of the build into a function. Workbox serialises functions by their source. */
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
    // Queries are for the page's own scripts: the file is always the same.
    ignoreURLParametersMatching: [/.*/],
    cleanupOutdatedCaches: true,
    clientsClaim: false,
    skipWaiting: false,
    runtimeCaching: [
      {
        // Set the table once, where it is first needed.
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
          // About twice as many as there are: the page then has all of its own, whatever earlier builds left.
          expiration: { maxEntries: 128 },
          plugins: [
            {
              // One build never finds a file of another.
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
  console.error("Name one folder: node tools/site_build/service_worker.mjs _site");
  exit(1);
}
await write(argv[2]);
