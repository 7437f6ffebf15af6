/** Unpacks what the build has packed (`tools/site_build/packing.py`): gzipped files, and gzipped tar archives. */

/** Unpack a gzipped Response, while it arrives, into a Response of the given type. If it is damaged, reading it rejects. */
export const unpacked = ({ body }, type = "") =>
  new Response(body.pipeThrough(new DecompressionStream("gzip")), {
    headers: { "Content-Type": type },
  });

/** Unpack a gzipped Response into bytes. Rejects if it is damaged. */
export const bytesOf = async (answer) => new Uint8Array(await unpacked(answer).arrayBuffer());

/**
 * Write the files of a tar archive (ustar, short names, no folders) to the root of an interpreter's file system.
 * Returns their paths, in the archive's order.
 */
export const writeFiles = (FS, archive) => {
  const paths = [];
  const text = (at, length) =>
    new TextDecoder().decode(archive.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; archive[at]; ) {
    const path = text(at, 100);
    const size = Number.parseInt(text(at + 124, 12), 8);
    at += 512;
    FS.mkdirTree(`/${path.slice(0, path.lastIndexOf("/"))}`);
    FS.writeFile(`/${path}`, archive.subarray(at, at + size), { canOwn: true });
    paths.push(path);
    at += Math.ceil(size / 512) * 512;
  }
  return paths;
};
