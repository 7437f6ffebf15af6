/**
 * CodeMirror's parts, as PyScript brings them: `load` them before `editor.mjs` is imported, which uses them.
 *
 * Not by an `await` of that module's own: WebKitGTK 2.50 at times takes such a module for done while it waits.
 */

import { codemirror } from "../runtime/pyscript/core.js";

export let commands;
export let language;
export let python;
export let state;
export let view;

/** Fetch the parts. Rejects with an Error if one does not come. */
export const load = async () => {
  [commands, language, python, state, view] = await Promise.all([
    codemirror.commands,
    codemirror.language,
    codemirror.python,
    codemirror.state,
    codemirror.view,
  ]);
};
