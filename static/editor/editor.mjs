/**
 * Two CodeMirror editors: one shows Python, one takes a line of Python. Import it after `load` of `codemirror.mjs`.
 *
 * It is JavaScript because CodeMirror needs answers within the same event. Each editor lives in a shadow root. There
 * CodeMirror 6 uses a constructed style sheet; in the document it would add a <style>, which the content security
 * policy forbids.
 */

import { commands, language, python, state, view } from "./codemirror.mjs";

const { EditorState, StateEffect, StateField } = state;
const { Decoration, EditorView, keymap } = view;

/** After Escape, Tab leaves the editor until another key is pressed, or for this many milliseconds. */
const LEAVING = 60_000;

/** CodeMirror indents by what it has parsed, and gives a change 20 ms for that. A busy device may need this many. */
const PARSING = 1000;

/** The page's colours are custom properties, which also apply inside a shadow root. */
const theme = EditorView.theme(
  {
    "&": { color: "var(--text)", height: "100%" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": { fontFamily: "inherit", lineHeight: "1.6" },
    ".cm-content": { caretColor: "var(--ink)", padding: "10px 0" },
    ".cm-line": { padding: "0 12px 0 8px" },
    "&.cm-focused .cm-cursor": { borderLeft: "2px solid var(--ink)" },
    ".cm-gutters": { background: "var(--paper)", border: "none", color: "var(--quiet)" },
    ".cm-lineNumbers .cm-gutterElement": { minWidth: "36px", padding: "0 6px 0 8px" },
    ".cm-selectionBackground.cm-selectionBackground": { background: "#1f4450" },
    ".cm-content ::selection": { background: "#1f4450" },
    // A border, because forced colours remove shadows.
    ".cm-line.ran": {
      background: "#2b2b06",
      borderLeft: "3px solid var(--lit)",
      paddingLeft: "5px",
    },
  },
  { dark: true },
);

/** Colours by CodeMirror's names for parts of code. PyScript exports these tags only through the default style. */
const COLOURS = {
  comment: "#9aa3ad",
  keyword: "var(--positive)",
  literal: "#e2c48d",
  bool: "#e2c48d",
  string: "#a9c99a",
  className: "var(--ink)",
  "definition(variableName)": "var(--ink)",
};
const colours = language.defaultHighlightStyle.specs
  .flatMap(({ tag }) => [tag].flat())
  .filter((tag) => String(tag) in COLOURS)
  .map((tag) => ({ tag, color: COLOURS[String(tag)] }));

const common = [
  python.python(),
  theme,
  language.syntaxHighlighting(language.HighlightStyle.define(colours)),
  language.indentUnit.of("    "),
];

const make = (host, doc, extensions) => {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  return new EditorView({ doc, extensions: [...common, ...extensions], parent: root, root });
};

/** Begin a line at the cursor, indented as the one before asks for. */
const breakLine = (editor) => {
  language.forceParsing(editor, editor.state.selection.main.head, PARSING);
  return commands.insertNewlineAndIndent(editor);
};

const ran = StateEffect.define();
const ranLines = StateField.define({
  create: () => Decoration.none,
  update: (marks, { effects, state }) =>
    effects
      .filter((effect) => effect.is(ran))
      .reduce(
        (_, { value }) =>
          Decoration.set(
            value.map((line) => Decoration.line({ class: "ran" }).range(state.doc.line(line).from)),
          ),
        marks,
      ),
  provide: (field) => EditorView.decorations.from(field),
});

/** Scroll to a line inside the editor only: CodeMirror would also scroll the page, away from the pen. */
const scrollInside = (editor, { head }) => {
  const { top, height } = editor.lineBlockAt(head);
  const box = editor.scrollDOM;
  if (top < box.scrollTop || top + 10 * height > box.scrollTop + box.clientHeight)
    box.scrollTop = Math.max(0, top - 2 * height);
  return true;
};

/** Make a read-only editor. Returns `show(text, label)`, and `mark(lines)`, which scrolls to the first of them. */
export const reader = (host) => {
  let editor = null;
  const show = (text, label) => {
    editor?.destroy();
    editor = make(host, text, [
      view.lineNumbers(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-readonly": "true",
        tabindex: "0",
      }),
      ranLines,
      EditorView.scrollHandler.of(scrollInside),
    ]);
  };
  const mark = (lines) => {
    const effects = [ran.of(lines)];
    if (lines.length) {
      const { from } = editor.state.doc.line(lines[0]);
      effects.push(EditorView.scrollIntoView(from, { y: "start" }));
    }
    editor.dispatch({ effects });
  };
  return { show, mark };
};

/**
 * Make a prompt for Python.
 *
 * It calls `enter(text)`, `walk(step)` with −1 (up) or 1 (down) when the cursor would leave the text, and
 * `complete(text, cursor)`. Returns `text()`, `put(text)`, `newline()`, `insert(start, word)` and `focus()`.
 */
export const prompt = (host, label, enter, walk, complete) => {
  const atEdge = (editor, step) => {
    const { main } = editor.state.selection;
    const { number } = editor.state.doc.lineAt(main.head);
    return main.empty && number === (step < 0 ? 1 : editor.state.doc.lines);
  };
  const walking = (step) => (editor) => {
    if (!atEdge(editor, step)) return false;
    walk(step);
    return true;
  };
  const tab = (editor) => {
    const { head } = editor.state.selection.main;
    const line = editor.state.doc.lineAt(head);
    // In an empty prompt there is nothing to complete: Tab moves on to the next control.
    if (!editor.state.doc.length) return false;
    if (!line.text.slice(0, head - line.from).trim()) return commands.indentMore(editor);
    complete(String(editor.state.doc), head);
    return true;
  };
  const leave = (editor) => {
    editor.setTabFocusMode(LEAVING);
    return true;
  };
  // Chromium 156 gives text that is typed over coloured code the same colour, by a style attribute. The content
  // security policy refuses that and reports an error, so CodeMirror replaces what is selected.
  const typeOver = ({ inputType, data, isComposing }, editor) => {
    if (inputType !== "insertText" || isComposing || editor.state.selection.main.empty)
      return false;
    editor.dispatch(editor.state.replaceSelection(data), { userEvent: "input.type" });
    return true;
  };
  const editor = make(host, "", [
    commands.history(),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      "aria-label": label,
      autocapitalize: "off",
      autocorrect: "off",
      spellcheck: "false",
    }),
    keymap.of([
      {
        key: "Enter",
        run: (editor) => {
          enter(String(editor.state.doc));
          return true;
        },
        shift: breakLine,
      },
      { key: "ArrowUp", run: walking(-1) },
      { key: "ArrowDown", run: walking(1) },
      { key: "Tab", run: tab, shift: commands.indentLess },
      { key: "Escape", run: leave },
      ...commands.historyKeymap,
      ...commands.defaultKeymap,
    ]),
  ]);
  // The page has keyboard shortcuts of its own, such as Ctrl+Z for the ink.
  host.addEventListener("keydown", (event) => event.stopPropagation());

  const replace = (from, to, insert) => {
    editor.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      scrollIntoView: false,
    });
  };
  return {
    text: () => String(editor.state.doc),
    put: (text) => replace(0, editor.state.doc.length, text),
    newline: () => {
      editor.dispatch({ selection: { anchor: editor.state.doc.length } });
      breakLine(editor);
    },
    insert: (start, word) => replace(start, editor.state.selection.main.head, word),
    focus: () => editor.focus(),
  };
};
