/**
 * CodeMirror's parts, as PyScript ships them. `editor.mjs` makes the editor of them.
 *
 * They are loaded by a function, not by a top-level `await`: WebKitGTK 2.50 sometimes takes a module for finished while
 * it still waits.
 */

import { codemirror } from "../../runtime/pyscript/core.js";

export let commands;
export let language;
export let python;
export let state;
export let view;

/** Load the parts. `editor.mjs` must not be imported before. Rejects with an Error if one cannot be loaded. */
export const load = async () => {
  [commands, language, python, state, view] = await Promise.all([
    codemirror.commands,
    codemirror.language,
    codemirror.python,
    codemirror.state,
    codemirror.view,
  ]);
};
