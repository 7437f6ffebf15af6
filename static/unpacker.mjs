/** A worker that gets Python's parts, and sends them by the port that it is given: see `ahead.js`. */

import { getParts } from "./parts.mjs";

addEventListener("message", async ({ data: port }) => {
  const tell = (message, owned) => port.postMessage(message, owned);
  await getParts(tell).catch((error) => tell({ failure: error.message }, []));
  close();
});
