// Draws one stroke on the pad by made-up pointer events; calls back with what each move took to be painted.
//
// Every event adds one version of the ink. What is painted is read off html[data-answered], which the page sets in
// an animation frame; the message posted from there arrives when that frame has been rendered.

// biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
const [points, everyMs, done] = arguments;
const root = document.documentElement;
const pad = document.querySelector("#pad");
const version = (name) => Number(root.dataset[name] ?? 0);
const first = version("ink") + 1;
const moved = [];
const latencies = [];
let answered = 0;

// A pointer that a script made up cannot be captured.
pad.setPointerCapture = () => {};

const painted = new MessageChannel();
painted.port1.onmessage = ({ data }) => {
  const now = performance.now();
  for (; answered < moved.length && first + answered <= data; answered++) {
    latencies.push(now - moved[answered]);
  }
  if (answered === points.length) {
    observer.disconnect();
    done({ latencies, start: moved[0], end: now });
  }
};
const observer = new MutationObserver(() => painted.port2.postMessage(version("answered")));
observer.observe(root, { attributeFilter: ["data-answered"] });

function send(kind, [x, y]) {
  const box = pad.getBoundingClientRect();
  pad.dispatchEvent(
    new PointerEvent(kind, {
      bubbles: true,
      cancelable: true,
      pointerId: 1,
      pointerType: "mouse",
      isPrimary: true,
      buttons: kind === "pointerup" ? 0 : 1,
      clientX: box.left + x * box.width,
      clientY: box.top + y * box.height,
    }),
  );
}

function step() {
  const index = moved.length;
  moved.push(performance.now());
  send(index ? "pointermove" : "pointerdown", points[index]);
  if (moved.length < points.length) {
    setTimeout(step, moved[0] + moved.length * everyMs - performance.now());
  } else {
    send("pointerup", points.at(-1));
  }
}

step();
