// Trains on the page as a visitor does: forget, learn. Calls back with the milliseconds from the click on Learn until
// the accuracy on the test images reaches a share. All training images must be there.

// biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
const [share, done] = arguments;
const root = document.documentElement;
const learn = document.getElementById("learn");
const press = (name) => document.getElementById(`learn-${name}`).click();

/** Wait until a condition holds after an attribute of an element has changed. */
const until = (element, attribute, holds) =>
  new Promise((resolve) => {
    const look = () => holds() && resolve(observer.disconnect());
    const observer = new MutationObserver(look);
    observer.observe(element, { attributeFilter: [attribute] });
    look();
  });

(async () => {
  press("forget");
  await until(learn, "data-images", () => learn.dataset.images === "0" && !learn.dataset.accuracy);
  const start = performance.now();
  press("start");
  await until(learn, "data-accuracy", () => learn.dataset.accuracy >= share);
  const ms = performance.now() - start;
  press("pause");
  await until(root, "data-learning", () => root.dataset.learning === "paused");
  done(ms);
})();
