/**
 * Bundles and minifies style sheets with Lightning CSS, and expands their @custom-media.
 *
 *     node tools/site_build/styles.mjs < {"entries": {SERVED: SHEET}, "panels": [FOLDER]} > {SERVED: CSS}
 *
 * `@import "build:NAME"` imports the sheet of that name of every panel that has one.
 */

import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { bundleAsync, Features } from "lightningcss";

/** README.md promises these browsers. */
const TARGETS = { chrome: [109], edge: [109], firefox: [114], safari: [16, 4], ios_saf: [16, 4] };

const SCHEME = "build:";

const version = ([major, minor = 0]) => (major << 16) | (minor << 8);
const targets = Object.fromEntries(
  Object.entries(TARGETS).map(([browser, parts]) => [browser, version(parts)]),
);

const bundled = async (filename, panels) => {
  const resolver = {
    resolve: (specifier, from) =>
      specifier.startsWith(SCHEME) ? specifier : resolve(dirname(from), specifier),
    read: (path) => {
      if (!path.startsWith(SCHEME)) return readFileSync(path, "utf-8");
      const found = panels
        .map((panel) => join(panel, path.slice(SCHEME.length)))
        .filter(existsSync);
      return found.map((sheet) => `@import ${JSON.stringify(sheet)};\n`).join("");
    },
  };
  const { code } = await bundleAsync({
    filename,
    resolver,
    targets,
    drafts: { customMedia: true },
    // No sheet uses light-dark(), for which each `color-scheme` would get two variables.
    exclude: Features.LightDark,
    minify: true,
  });
  return code.toString();
};

const { entries, panels } = JSON.parse(readFileSync(0, "utf-8"));
try {
  const served = await Promise.all(
    Object.entries(entries).map(async ([name, sheet]) => [name, await bundled(sheet, panels)]),
  );
  process.stdout.write(JSON.stringify(Object.fromEntries(served)));
} catch ({ fileName, loc, message }) {
  process.stderr.write(`${fileName ? `${basename(fileName)}:${loc?.line}: ` : ""}${message}\n`);
  process.exit(1);
}
