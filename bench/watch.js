// Runs first in every measured page. Records when the states of <html> change, long tasks, and the scripts that delayed
// a frame.

window.seen = {};
window.longTasks = [];
window.lateFrames = [];

new MutationObserver((changes) => {
  for (const { attributeName: name, target } of changes) {
    window.seen[`${name}=${target.getAttribute(name)}`] ??= performance.now();
  }
}).observe(document, {
  // A driver may run this script before any element exists.
  subtree: true,
  attributeFilter: ["data-page", "data-engine", "data-panels"],
});

const observe = (type, note) => {
  if (PerformanceObserver.supportedEntryTypes.includes(type))
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    });
};

observe("longtask", ({ startTime, duration }) =>
  window.longTasks.push({ start: startTime, ms: duration }),
);
observe("long-animation-frame", ({ startTime, duration, scripts }) =>
  window.lateFrames.push({
    start: startTime,
    ms: duration,
    scripts: Array.from(scripts, ({ duration, invoker, sourceURL, sourceFunctionName }) => ({
      ms: duration,
      by: [invoker, sourceURL.replace(location.origin, ""), sourceFunctionName].join(" "),
    })),
  }),
);
