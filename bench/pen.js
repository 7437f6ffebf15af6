// Notes what a pen's moves take to be painted: `pen.begin()` before a stroke, `pen.latencies()` after it, which is
// null until every move has been painted.
//
// A move's time is the one at which the browser took it from the system (`timeStamp`), so that waiting counts. Every
// move adds one version of the ink. What is painted is read off html[data-answered], which the page sets in an animation
// frame; the message posted from there arrives when that frame has been rendered.

const root = document.documentElement;
const version = (name) => Number(root.dataset[name] ?? 0);
const painted = new MessageChannel();
let first = 0;
let moved = [];
let latencies = [];
let began = 0;

const note = (event) => {
  if (!event.buttons) return;
  const moves = event.getCoalescedEvents?.() ?? [];
  for (const { timeStamp } of moves.length ? moves : [event]) moved.push(timeStamp);
};

for (const kind of ["pointerdown", "pointermove"])
  window.addEventListener(kind, note, { capture: true });

painted.port1.onmessage = ({ data }) => {
  const now = performance.now();
  while (latencies.length < moved.length && first + latencies.length <= data)
    latencies.push(now - moved[latencies.length]);
};

new MutationObserver(() => painted.port2.postMessage(version("answered"))).observe(root, {
  attributeFilter: ["data-answered"],
});

window.pen = {
  begin() {
    [moved, latencies, first, began] = [[], [], version("ink") + 1, performance.now()];
  },
  latencies(points) {
    if (moved.length < points || latencies.length < moved.length) return null;
    return { latencies, start: began, end: performance.now() };
  },
};
