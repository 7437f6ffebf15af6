/**
 * Writes a CycloneDX software bill of materials.
 *
 *     node tools/licences/sbom.mjs < LIST > FILE
 *
 * LIST is JSON: `{name, version, licence, parts}`, each part as `third_party.py` describes it. FILE contains
 * neither a time nor a random number, so the same list always gives the same file.
 */

import { readFileSync } from "node:fs";
import { Enums, Models, Serialize, SPDX, Spec } from "@cyclonedx/cyclonedx-library";

/** Makes one of CycloneDX's three kinds of licence: a known id, an expression, or a free name. */
function licence(name) {
  if (SPDX.isSupportedSpdxId(name)) return new Models.SpdxLicense(name);
  if (/ (AND|OR|WITH) /.test(name)) return new Models.LicenseExpression(name);
  return new Models.NamedLicense(name);
}

const refs = new Set();

function component(type, part, ref) {
  // If two components had the same reference, the library would give one a random reference.
  if (refs.has(ref)) throw new Error(`${ref} occurs twice`);
  refs.add(ref);
  const made = new Models.Component(type, part.name, {
    bomRef: ref,
    version: part.version,
    purl: part.purl,
    copyright: part.copyright,
    description: part.note,
  });
  if (part.licence) made.licenses.add(licence(part.licence));
  if (part.integrity) {
    const hash = Buffer.from(part.integrity.replace("sha512-", ""), "base64").toString("hex");
    made.hashes.set(Enums.HashAlgorithm["SHA-512"], hash);
  }
  if (part.sha256) made.hashes.set(Enums.HashAlgorithm["SHA-256"], part.sha256);
  if (part.address) {
    const { Website } = Enums.ExternalReferenceType;
    made.externalReferences.add(new Models.ExternalReference(part.address, Website));
  }
  return made;
}

const list = JSON.parse(readFileSync(0, "utf-8"));
const bom = new Models.Bom();
bom.metadata.component = component(Enums.ComponentType.Application, list, list.name);
const { Library, Data, File } = Enums.ComponentType;
for (const part of list.parts) {
  const ref = `${part.name}@${part.version}`;
  const made = component(part.data ? Data : Library, part, ref);
  for (const inner of part.inside) {
    made.components.add(component(Library, inner, `${ref}/${inner.name}@${inner.version ?? ""}`));
  }
  for (const file of part.files) {
    const named = { name: file.path, sha256: file.sha256, note: file.how };
    made.components.add(component(File, named, `${ref}#${file.path}`));
  }
  bom.components.add(made);
  bom.metadata.component.dependencies.add(made.bomRef);
}

const normalizer = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
const serializer = new Serialize.JsonSerializer(normalizer);
process.stdout.write(`${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`);
