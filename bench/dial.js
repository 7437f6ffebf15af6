// Changes the bias of a neuron by its slider, and calls back with the time from each change to its painted score.
//
// The score on the test digits is in #score[data-now]. The attribute is missing while the score does not belong to the
// current weights and biases. The message posted when it changes arrives after that frame was rendered.

// biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
const [turns, done] = arguments;
const score = document.querySelector("#score");
const slider = document.querySelector("#bias-slider");
const neuron = document.querySelector("[data-neuron='1:3']");
const ms = [];
let turned = null;

const painted = new MessageChannel();
painted.port1.onmessage = () => {
  if (turned !== null) {
    ms.push(performance.now() - turned);
  }
  if (ms.length === turns) {
    observer.disconnect();
    done(ms);
  } else {
    setTimeout(turn, 100);
  }
};

const observer = new MutationObserver(() => {
  if (score.dataset.now) {
    painted.port2.postMessage(null);
  }
});

function turn() {
  slider.value = ms.length % 2 ? 3 : -3;
  turned = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
}

neuron.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
observer.observe(score, { attributeFilter: ["data-now"] });
// Opening the panel fetches the digits and measures the first score.
document.querySelector("#dials").open = true;
