// What is wrong with where the words are: that they lie over each other or over what they do not belong to, or
// are cut off. `globalThis.misplaced()` lists each fault as a sentence.

const root = document.documentElement;

/** Rectangles of one text's lines. The font's box is higher than its letters: a part above and below is air. */
const lines = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  const svg = node.parentElement.closest("text");
  const boxes = svg ? [svg.getBoundingClientRect()] : [...range.getClientRects()];
  return boxes
    .filter(({ width, height }) => width > 1 && height > 1)
    .map(({ left, right, top, bottom }) => {
      const air = 0.18 * (bottom - top);
      return { left, right, top: top + air, bottom: bottom - air };
    });
};

const meet = (a, b, by = 1) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > by &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > by;

const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) &&
  !element.closest(".hidden, .skip, option, noscript, script, style, py-config, mpy-config") &&
  getComputedStyle(element).clipPath === "none";

/** What is left of a box inside of all that clips it; null for nothing. A fault if it is cut in two. */
const inside = (box, element, tell) => {
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    const { overflowX, position } = getComputedStyle(e);
    if (overflowX !== "visible" && !(e instanceof SVGElement)) {
      const clip = e.getBoundingClientRect();
      if (!meet(box, clip)) return null;
      const whole = box.left > clip.left - 1 && box.right < clip.right + 1;
      const high = box.top > clip.top - 1 && box.bottom < clip.bottom + 1;
      if (overflowX === "hidden" && !(whole && high)) tell("cut off");
      if (overflowX !== "hidden") return null; // it can be scrolled to
    }
    if (position === "fixed") break;
  }
  return box;
};

globalThis.misplaced = () => {
  const faults = [];
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const name = node.data.trim();
    const element = node.parentElement;
    if (!name || !isShown(element)) continue;
    const layer = element.closest("#update, #loading, #failure") ?? document.body;
    for (const line of lines(node)) {
      const box = inside(line, element, (what) => faults.push(`${what}: ${name}`));
      if (!box) continue;
      if (box.left < -0.5 || box.right > root.clientWidth + 0.5)
        faults.push(`off the page: ${name}`);
      texts.push({ ...box, name, element, layer, node });
    }
  }

  texts.sort((a, b) => a.top - b.top);
  for (const [at, one] of texts.entries()) {
    for (let next = at + 1; next < texts.length && texts[next].top < one.bottom; next++) {
      const other = texts[next];
      if (one.node !== other.node && one.layer === other.layer && meet(one, other)) {
        faults.push(`over each other: ${one.name} / ${other.name}`);
      }
    }
  }

  const board = document.getElementById("board").getBoundingClientRect();
  const circles = [...document.querySelectorAll("#diagram .light")].map((circle) => {
    const { left, top, width } = circle.getBoundingClientRect();
    return { x: left + width / 2, y: top + width / 2, radius: width / 2 };
  });
  const picture = document.getElementById("picture").getBoundingClientRect();
  for (const text of texts) {
    if (text.element.matches(".tip") || text.layer !== document.body) continue;
    if (meet(text, picture)) faults.push(`over the picture: ${text.name}`);
    if (!meet(text, board)) continue;
    for (const { x, y, radius } of circles) {
      const dx = x - Math.min(Math.max(x, text.left), text.right);
      const dy = y - Math.min(Math.max(y, text.top), text.bottom);
      if (Math.hypot(dx, dy) < radius - 1) faults.push(`over a neuron: ${text.name}`);
    }
  }

  if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways: ${root.scrollWidth}`);
  return [...new Set(faults)];
};
