/**
 * Line charts of two series, drawn by uPlot. Python decides what they show (py/page/panels/learn/charts/chart.py).
 *
 * Colours and the font come from the page's style sheet, through the element that holds the chart.
 */

/** A script that sets a global variable: uPlot publishes its module only in a form that is twice as large. */
const UPLOT = new URL("../../runtime/uplot/uPlot.iife.min.js", import.meta.url).href;

const run = (src) =>
  new Promise((resolve, reject) => {
    const failed = () => reject(new Error("uPlot could not be loaded"));
    const script = document.createElement("script");
    script.addEventListener("load", () => (globalThis.uPlot ? resolve() : failed()));
    script.addEventListener("error", failed);
    script.src = src;
    document.head.append(script);
  });

/**
 * Load uPlot. Rejects with an Error if it cannot be loaded.
 *
 * uPlot 1.6.32 hands the browser's language to Intl as it starts. WebKitGTK 2.50 calls it "C" on a system without a
 * language, which Intl refuses.
 */
export const load = async () => {
  if (globalThis.uPlot) return;
  Object.defineProperty(navigator, "language", { configurable: true, value: "en" });
  try {
    await run(UPLOT);
  } finally {
    delete navigator.language;
  }
};

/** A scale and its ticks before anything is drawn. */
const EMPTY = { low: 1, high: 10, log: false, ticks: [], labels: [] };

/** The width of a dash and of the gap after it, in CSS pixels. */
const DASH = [6, 4];

/** The least distance between two dots on a line, in CSS pixels. */
const APART = 12;

/** Room for the names at the ends of the lines, and for the labels of the axes, in ems. */
const NAMES = 5;
const LABELS = 3.6;

/**
 * Make a chart in an element of some height.
 *
 * names: what is written at the end of each line. The first one is thin and solid, the second one bright and dashed,
 * with a dot at each value. It returns:
 *
 * - `add(numbers)`: add points of so many numbers as there are in `columns`, which says what each is: "x", 0 or 1 for
 *   the value on a line, or "" for nothing. NaN is no value.
 * - `clear()`: remove all points.
 * - `mark(marks)`: vertical marks, as JSON: `[x, kind]`, where a kind is "change" (a line) or "kept" (a tick).
 * - `draw(x, y, cursor)`: draw all points. x and y are scales as JSON, `{ low, high, log, ticks, labels }`. The cursor
 *   is on the point with that index; −1 is nowhere.
 * - `at(left)`: the index of the point nearest to a place in the window, −1 if there is none.
 * - `resize()`: fit the element again.
 */
export const chart = (host, names, columns) => {
  const style = getComputedStyle(host);
  const em = Math.round(Number.parseFloat(style.fontSize));
  const font = `${em}px ${style.fontFamily}`;
  const colour = (name) => style.getPropertyValue(name).trim();
  const points = { x: [], 0: [], 1: [] };
  let frames = { x: EMPTY, y: EMPTY };
  let marks = [];
  let cursor = -1;

  const size = () => ({ width: host.clientWidth, height: host.clientHeight });
  const scale = (key) => ({
    time: false,
    range: () => [frames[key].low, frames[key].high],
  });
  const axis = (key, room) => ({
    scale: key,
    font,
    stroke: () => colour("--quiet"),
    grid: { stroke: () => colour("--line"), width: 1 },
    ticks: { show: false },
    gap: 6,
    size: room,
    space: 1,
    splits: () => frames[key].ticks,
    filter: (_, ticks) => ticks,
    values: () => frames[key].labels,
  });

  /** Draw what uPlot does not: marks, the cursor, and the names at the lines' ends. */
  const decorate = (plot) => {
    const { ctx, bbox } = plot;
    const { pxRatio } = globalThis.uPlot;
    const [xs, ...series] = plot.data;
    // In the middle of a pixel, where a thin line is sharp.
    const across = (x) => Math.floor(plot.valToPos(Math.max(x, frames.x.low), "x", true)) + 0.5;
    const down = (value) => plot.valToPos(value, "y", true);
    const bottom = bbox.top + bbox.height;
    const line = (x, from, to) => {
      ctx.beginPath();
      ctx.moveTo(x, from);
      ctx.lineTo(x, to);
      ctx.stroke();
    };
    ctx.save();
    ctx.lineWidth = pxRatio;
    ctx.strokeStyle = colour("--quiet");
    for (const [x, kind] of marks) {
      ctx.setLineDash(kind === "change" ? [2 * pxRatio, 3 * pxRatio] : []);
      line(across(x), kind === "change" ? bbox.top : bottom - 7 * pxRatio, bottom);
    }
    ctx.setLineDash([]);
    if (cursor in xs) {
      ctx.strokeStyle = colour("--lit");
      ctx.fillStyle = colour("--ground");
      line(across(xs[cursor]), bbox.top, bottom);
      for (const values of series) {
        if (values[cursor] == null) continue;
        ctx.beginPath();
        ctx.arc(across(xs[cursor]), down(values[cursor]), 4 * pxRatio, 0, 2 * Math.PI);
        ctx.fill();
        ctx.stroke();
      }
    }
    ctx.font = font.replace(/\d+px/, `${em * pxRatio}px`);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const ends = series
      .map((values, at) => ({ at, last: values.findLast((value) => value != null) }))
      .filter(({ last }) => last !== undefined)
      .map(({ at, last }) => ({ at, y: down(last) }))
      .sort((one, other) => one.y - other.y);
    // Two lines that end together have their names one above the other.
    const apart = 1.15 * em * pxRatio;
    if (ends.length === 2 && ends[1].y - ends[0].y < apart) {
      const middle = (ends[0].y + ends[1].y) / 2;
      const top = Math.min(Math.max(middle - apart / 2, bbox.top), bottom - apart);
      [ends[0].y, ends[1].y] = [top, top + apart];
    }
    for (const { at, y } of ends) {
      ctx.fillStyle = colour(at ? "--ink" : "--quiet");
      ctx.fillText(names[at], bbox.left + bbox.width + 6 * pxRatio, y);
    }
    ctx.restore();
  };

  /** Choose the points of a line that get a dot. */
  const sparse = (plot, line) => {
    let before = -APART;
    return plot.data[line].flatMap((value, at) => {
      const left = plot.valToPos(plot.data[0][at], "x");
      if (value == null || left - before < APART) return [];
      before = left;
      return [at];
    });
  };

  const make = () =>
    new globalThis.uPlot(
      {
        ...size(),
        cursor: { show: false },
        legend: { show: false },
        padding: [em / 2, NAMES * em, 0, 0],
        scales: {
          x: { ...scale("x"), distr: frames.x.log ? 3 : 1 },
          y: { ...scale("y"), distr: frames.y.log ? 3 : 1 },
        },
        axes: [axis("x", 2 * em), axis("y", LABELS * em)],
        series: [
          {},
          { stroke: () => colour("--quiet"), width: 1.25, points: { show: false } },
          {
            stroke: () => colour("--ink"),
            width: 1.75,
            // In the screen's own pixels, unlike the width.
            dash: DASH.map((length) => length * globalThis.uPlot.pxRatio),
            spanGaps: true,
            points: { show: true, size: 5, width: 0, fill: () => colour("--ink"), filter: sparse },
          },
        ],
        hooks: { draw: [decorate] },
      },
      [[], [], []],
      host,
    );

  let plot = null;
  return {
    add: (numbers) => {
      for (const [at, number] of numbers.entries())
        points[columns[at % columns.length]]?.push(Number.isFinite(number) ? number : null);
    },
    clear: () => {
      for (const line of Object.values(points)) line.length = 0;
    },
    mark: (given) => {
      marks = JSON.parse(given);
    },
    draw: (x, y, index) => {
      frames = { x: JSON.parse(x), y: JSON.parse(y) };
      cursor = index;
      plot ??= make();
      plot.batch(() => {
        plot.setData([points.x.map((seen) => Math.max(seen, frames.x.low)), points[0], points[1]]);
        // Without this it would keep its ticks as long as the scales have the same ends.
        plot.redraw(true, true);
      });
    },
    at: (left) => {
      if (!plot || !points.x.length) return -1;
      return plot.posToIdx(left - plot.over.getBoundingClientRect().left);
    },
    resize: () => {
      if (plot && host.clientWidth) plot.setSize(size());
    },
  };
};
