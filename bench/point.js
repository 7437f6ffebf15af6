// Records how long pointing at a neuron takes: `pointing.expect(neuron)` starts, and `pointing.times()` returns the
// milliseconds from the mouse's move, or from the finger's lifting, to the painted `highlight` and to the painted
// `numbers`, once both are there.
//
// The events are the browser's own. A mouse's come just before a frame, whereas a script's would come at any time.
// The page sets html[data-pointed] and html[data-looked] in an animation frame. The message posted from there arrives
// after that frame was rendered.

const root = document.documentElement;
const painted = new MessageChannel();
let wanted = {};

const note = ({ timeStamp }) => {
  wanted.moved ??= timeStamp;
};
for (const kind of ["pointermove", "pointerup"])
  window.addEventListener(kind, note, { capture: true });

painted.port1.onmessage = ({ data: { pointed, looked } }) => {
  const spent = performance.now() - wanted.moved;
  if (pointed === wanted.neuron) wanted.highlight ??= spent;
  if (looked === wanted.neuron) wanted.numbers ??= spent;
};

new MutationObserver(() => painted.port2.postMessage({ ...root.dataset })).observe(root, {
  attributeFilter: ["data-pointed", "data-looked"],
});

window.pointing = {
  neurons() {
    const all = [...document.querySelectorAll("[data-neuron]")].map((e) => e.dataset.neuron);
    return all.filter((neuron) => !neuron.startsWith("0:"));
  },
  expect(neuron) {
    const circle = document.querySelector(`[data-neuron='${neuron}'] .light`);
    const box = circle.getBoundingClientRect();
    wanted = { neuron };
    return [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  },
  times() {
    return wanted.highlight !== undefined && wanted.numbers !== undefined && wanted;
  },
};
