// Records how long the pen's moves take to be painted: `pen.begin()` before a stroke, `pen.latencies()` after it. The
// latter returns null until every move is painted.
//
// A move's time is when the browser received it from the system (`timeStamp`), so queueing counts. Every move adds one
// version of the ink. The page sets html[data-answered] in an animation frame to the version that it paints. The message
// posted from there arrives after that frame was rendered.

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
