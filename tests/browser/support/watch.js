// Notes what a test wants to know and could only learn by being there first: errors that nobody caught or
// that were only logged, refusals of the security policy, and each value that certain attributes go through.

const noted = { errors: [], refused: [], seen: [], progress: [], spoken: [] };
globalThis.noted = noted;

addEventListener("error", (event) => {
  if (event instanceof ErrorEvent) noted.errors.push(`error: ${event.message}`);
});
addEventListener("unhandledrejection", (event) => {
  noted.errors.push(`rejected: ${event.reason?.message ?? event.reason}`);
});
addEventListener("securitypolicyviolation", (event) => {
  noted.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
const logged = console.error.bind(console);
console.error = (...words) => {
  noted.errors.push(`logged: ${words.join(" ")}`);
  logged(...words);
};

// Nothing would happen, and a test would wait for what comes of it.
const click = HTMLElement.prototype.click;
HTMLElement.prototype.click = function () {
  if (this.disabled) noted.errors.push(`clicked while disabled: ${this.id || this.outerHTML}`);
  click.call(this);
};

const note = (list, entry) => {
  if (JSON.stringify(list.at(-1)) !== JSON.stringify(entry)) list.push(entry);
};

new MutationObserver(() => {
  const { engine, ink, answered, playing } = document.documentElement.dataset;
  note(noted.seen, { engine, ink, answered, playing });
  const progress = document.getElementById("progress");
  if (progress && progress.max > 1)
    note(noted.progress, {
      value: progress.value,
      max: progress.max,
      word: progress.labels[0]?.textContent,
    });
  const spoken = document.getElementById("announce")?.textContent;
  if (spoken) note(noted.spoken, spoken);
}).observe(document, { attributes: true, childList: true, characterData: true, subtree: true });

// A browser keeps quiet about errors of the driver's scripts; this one is the page's.
globalThis.goWrong = () => Promise.reject(new Error("broken on purpose"));
