/**
 * Reads what Python cannot parse for `tools/compat.py`, and prints JSON.
 *
 * `node tools/browser_uses.mjs FILE…` lists the names that JavaScript uses. `uses` has [file, line, of, name]:
 * `name` was read from `of`, which is a global's name, or "?" for any other object, or "" if `name` is itself a
 * global. `unreadable` has [file, why] for each file that a promised browser could not parse.
 *
 * `node tools/browser_uses.mjs --secure` lists what Web IDL marks [SecureContext]: interfaces and
 * "Interface.member".
 */

import { readFileSync } from "node:fs";
import { argv } from "node:process";
import { listAll } from "@webref/idl";
import { parse } from "acorn";

/** The newest edition of JavaScript that all promised browsers read. `start.js` must run in any browser: ES5. */
const EDITION = 2022;
const OLD = /(^|\/)start\.js$/;

const uses = [];
const unreadable = [];

/** Lists the names that a pattern declares, without their defaults. */
const declared = (pattern) => {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) => declared(each.value ?? each.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(declared);
    case "AssignmentPattern":
      return declared(pattern.left);
    case "RestElement":
      return declared(pattern.argument);
    default:
      return [];
  }
};

const children = (node) =>
  Object.values(node)
    .flat()
    .filter((each) => typeof each?.type === "string");

/** Lists every name that a file declares anywhere. These are our own, not the browser's. */
const ownNames = (node) => {
  const named = [node.id, node.param, node.local, ...(node.params ?? [])].flatMap(declared);
  return [...named, ...children(node).flatMap(ownNames)];
};

const WINDOWS = ["window", "globalThis", "self"];

/** Names the object that something is read from: `window.crypto` is `crypto`, and `window` is "". */
const nameOf = (node) => {
  if (node.type === "ChainExpression") return nameOf(node.expression);
  if (node.type === "Identifier") return WINDOWS.includes(node.name) ? "" : node.name;
  if (node.type === "MemberExpression" && !node.computed) {
    return nameOf(node.object) === "" ? node.property.name : "?";
  }
  return "?";
};

const list = (file, root) => {
  const own = new Set(ownNames(root));
  const add = (node, of, name) => uses.push([file, node.loc.start.line, of, name]);
  const known = (node) => {
    const name = nameOf(node);
    return own.has(name) ? "?" : name;
  };
  const visit = (node, parent) => {
    if (node.type === "MemberExpression" && !node.computed)
      add(node.property, known(node.object), node.property.name);
    else if (node.type === "VariableDeclarator" && node.id.type === "ObjectPattern" && node.init)
      for (const { key, computed } of node.id.properties)
        if (key && !computed) add(key, known(node.init), key.name ?? key.value);
    const isName =
      node.type === "Identifier" &&
      !own.has(node.name) &&
      !(parent.type === "MemberExpression" && parent.property === node && !parent.computed) &&
      !(
        ["Property", "PropertyDefinition", "MethodDefinition"].includes(parent.type) &&
        parent.key === node &&
        !parent.shorthand
      );
    if (isName) add(node, "", node.name);
    for (const child of children(node)) visit(child, node);
  };
  visit(root, root);
};

const usesOf = (files) => {
  for (const file of files) {
    const options = {
      ecmaVersion: OLD.test(file) ? 5 : EDITION,
      sourceType: file.endsWith(".mjs") ? "module" : "script",
      locations: true,
    };
    try {
      list(file, parse(readFileSync(file, "utf-8"), options));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      unreadable.push([file, error.message]);
    }
  }
  return { uses, unreadable };
};

const secureContexts = async () => {
  const marked = ({ extAttrs }) => extAttrs.some(({ name }) => name === "SecureContext");
  const files = await Promise.all(Object.values(await listAll()).map((file) => file.parse()));
  const definitions = files.flat();
  const users = new Map();
  for (const { type, target, includes } of definitions)
    if (type === "includes") users.set(includes, [...(users.get(includes) ?? []), target]);
  const secure = new Set();
  for (const definition of definitions.filter(({ members }) => members)) {
    const whole = marked(definition);
    if (whole && definition.type !== "interface mixin" && !definition.partial)
      secure.add(definition.name);
    for (const name of users.get(definition.name) ?? [definition.name])
      for (const member of definition.members)
        if (whole || marked(member)) secure.add(`${name}.${member.name}`);
  }
  return [...secure].sort();
};

const [, , ...words] = argv;
console.log(JSON.stringify(words[0] === "--secure" ? await secureContexts() : usesOf(words)));
