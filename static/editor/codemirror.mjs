/**
 * CodeMirror's parts, as PyScript brings them, and after them the editor that is made of them.
 *
 * Not by an `await` of that module's own: WebKitGTK 2.50 at times takes such a module for done while it waits.
 */

import { codemirror } from "../../runtime/pyscript/core.js";

export let commands;
export let language;
export let python;
export let state;
export let view;

/** Load the parts and give `editor.mjs`. Rejects with an Error if something does not come. */
export const load = async () => {
  [commands, language, python, state, view] = await Promise.all([
    codemirror.commands,
    codemirror.language,
    codemirror.python,
    codemirror.state,
    codemirror.view,
  ]);
  return import("./editor.mjs");
};
