// Brings a page that a test has used back to how it was found, as far as that is done by hand; and tells what
// can be told of its state, so that two states can be compared. `reset.py` says when.

const root = document.documentElement;
const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

/** What the last neuron or the room that was opened puts there; it says nothing until it is shown again. */
const PASSING =
  "#bias-slider, #bias-value, #weight-value, #hold-value, #brush-strength, #matrix input, #dial-layer input, " +
  "#learn input, #learn select";

/** The choices of a layer that two rooms offer, once they have been opened. */
const LAYERS = ["matrix-layer", "dial-layer"];

const tell = (element, ...kinds) => {
  for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: true }));
};

const pressEscape = (element) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));

const consoleLine = () => one("#console-input").shadowRoot?.querySelector(".cm-content");

/** Every control by a name of its own. */
const controls = () =>
  all("input, select, textarea")
    .filter((control) => !control.matches(PASSING))
    .map((control) => {
      const { id, name } = control;
      const of = control.closest("fieldset, [id]");
      return [id || `${of.id} ${name} ${control.getAttribute("value")}`, control];
    });

const read = (control) =>
  ["checkbox", "radio"].includes(control.type) ? control.checked : control.value;

/** Press a button, unless there is nothing for it to do. */
const press = (selector) => {
  const button = one(selector);
  if (!button.disabled) button.click();
};

const putBack = () => press('#dials [data-history="put back"]');

globalThis.pageState = () => {
  const { ink, answered, demo, ...data } = root.dataset;
  const shown = (selector) => one(selector).checkVisibility();
  return {
    data,
    answered: ink === answered,
    html: [root.getAttribute("style") ?? "", root.dir, document.body.className],
    address: [location.href, history.state],
    stored: [localStorage.length, sessionStorage.length, document.cookie],
    window: [innerWidth, innerHeight, scrollX, scrollY],
    focus: document.activeElement?.id || document.activeElement?.localName,
    media: ["print", "(prefers-reduced-motion)", "(forced-colors: active)"].map(
      (query) => matchMedia(query).matches,
    ),
    sheets: document.adoptedStyleSheets.length,
    open: all("details[open]").map((part) => part.id),
    ...Object.fromEntries(controls().map(([name, control]) => [name, read(control)])),
    layers: LAYERS.map((name) => one(`[name=${name}]:checked`)?.value ?? "1"),
    invalid: all("[aria-invalid]").map((field) => field.id),
    console: [one("#console-log").childElementCount, consoleLine()?.textContent ?? ""],
    running: !one("#console-stop").disabled,
    turned: !one('#dials [data-history="put back"]').disabled,
    inked: !one("#clear").disabled,
    truth: one("#truth").textContent,
    examples: one("#examples").dataset.examples,
    tab: one("#diagram [tabindex='0']").dataset.neuron,
    shown: ["#failure", "#update p", "#inside", "#digit-fetch"].filter(shown),
  };
};

globalThis.resetPage = (first) => {
  document.activeElement?.blur();
  if ("playing" in root.dataset) one("#play").click();
  for (const field of all("[aria-invalid]")) pressEscape(field);
  pressEscape(one("[data-neuron]"));
  one("#diagram [tabindex='0']").setAttribute("tabindex", "-1");
  one("[data-neuron='1:0']").setAttribute("tabindex", "0");
  one("#board").dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
  delete root.dataset.looked;
  root.removeAttribute("style");
  root.removeAttribute("dir");
  document.adoptedStyleSheets.length = first.sheets;
  one("#console-log").replaceChildren();
  putBack();
  press("#examples-erase");
  for (const name of LAYERS) one(`[name=${name}][value="1"]`)?.click();
  for (const [name, control] of controls()) {
    const value = first[name];
    if (read(control) === value) continue;
    if (control.type === "checkbox" || value === true) control.click();
    else if (control.type === "range") {
      control.value = value;
      tell(control, "input", "change");
    } else if (control.type !== "radio") control.value = value;
  }
  for (const part of all("details")) part.open = first.open.includes(part.id);
  scrollTo(0, 0);
};

/** Once the first network is in use again: each has dials of its own. */
globalThis.emptyPad = () => {
  putBack();
  press("#clear");
  document.activeElement.blur();
};

/** What was typed into the console's prompt and not run; `done` is called when it is gone. */
globalThis.clearConsole = async () => {
  const line = consoleLine();
  if (!line?.textContent) return;
  const { codemirror } = await import(new URL("runtime/pyscript/core.js", document.baseURI));
  const { EditorView } = await codemirror.view;
  const view = EditorView.findFromDOM(line);
  view.dispatch({ changes: { from: 0, to: view.state.doc.length } });
};
