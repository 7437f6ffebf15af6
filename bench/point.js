// Notes what each pointing at a neuron took; `window.pointing.next(neuron)` resolves with the times once both are painted.
//
// The pointer events are the browser's own: a script's would come between two frames, while those of a mouse come
// just before one. What is painted is read off html[data-pointed] and html[data-looked], which the page sets in an
// animation frame; the message posted from there arrives when that frame has been rendered.

const root = document.documentElement;
const painted = new MessageChannel();
let wanted = null;

window.addEventListener(
  "pointermove",
  () => {
    if (wanted) wanted.moved ??= performance.now();
  },
  { capture: true },
);

painted.port1.onmessage = ({ data: { pointed, looked } }) => {
  if (!wanted?.moved) return;
  const spent = performance.now() - wanted.moved;
  if (pointed === wanted.neuron) wanted.highlight ??= spent;
  if (looked === wanted.neuron) wanted.numbers ??= spent;
};
new MutationObserver(() => painted.port2.postMessage({ ...root.dataset })).observe(root, {
  attributeFilter: ["data-pointed", "data-looked"],
});

window.pointing = {
  expect(neuron) {
    wanted = { neuron };
  },
  times() {
    return wanted.highlight !== undefined && wanted.numbers !== undefined && wanted;
  },
};
