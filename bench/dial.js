// Turns the bias of a neuron by its slider; calls back with what each turn took until its score was painted.
//
// The score on the test digits stands in #score[data-now], which is absent while it is not that of the dials as they
// are. The message posted from the change of it arrives when that frame has been rendered.

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
// The digits are fetched when the room is opened, and the first score is measured then.
document.querySelector("#dials").open = true;
