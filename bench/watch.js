// Goes first into every measured page: notes when an attribute of <html> gets a value, and long tasks.

window.seen = {};
window.longTasks = [];

new MutationObserver((changes) => {
  for (const { attributeName: name } of changes) {
    const key = `${name}=${document.documentElement.getAttribute(name)}`;
    window.seen[key] ??= performance.now();
  }
}).observe(document.documentElement, { attributes: true });

if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.longTasks.push({ start: startTime, ms: duration });
    }
  }).observe({ type: "longtask", buffered: true });
}
