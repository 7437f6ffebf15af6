// Tells how fast the network learns: calls back with images per second, over so many milliseconds from one report to
// another. The run has to go on meanwhile.

// biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
const [least, done] = arguments;
const learn = document.getElementById("learn");

const report = () =>
  new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve({ at: performance.now(), images: Number(learn.dataset.images) });
    });
    observer.observe(learn, { attributeFilter: ["data-images"] });
  });

(async () => {
  const first = await report();
  let last = first;
  while (last.at < first.at + least) last = await report();
  done((1000 * (last.images - first.images)) / (last.at - first.at));
})();
