// Times one pass of Adam over images, and reading all of them, in TensorFlow.js. Calls back with the
// milliseconds of each pass and of each evaluation and with the cost in the end, or with the error.

const [{ backend, W, activation, images, labels, white, batch, rate, passes }, done] =
  // biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
  arguments;

async function run() {
  if (!(await tf.setBackend(backend))) {
    return { error: `the backend ${backend} is not available here` };
  }
  await tf.ready();
  const count = labels.length;
  const levels = Uint8Array.from(atob(images), (character) => character.charCodeAt(0));
  const x = tf.tensor2d(
    Float32Array.from(levels, (level) => level / white),
    [count, W[0][0].length],
  );
  const y = tf.oneHot(tf.tensor1d(labels, "int32"), W.at(-1).length).toFloat();
  const layers = W.map((rows) => [
    tf.variable(tf.tensor2d(rows).transpose()),
    tf.variable(tf.zeros([rows.length])),
  ]);
  // The outputs' sums: the cost has their sigmoid in it.
  const sums = (inputs) =>
    layers.reduce((a, [w, b], at) => (at ? a[activation]() : a).matMul(w).add(b), inputs);
  // TensorFlow.js takes the mean over the outputs, where the engine adds them up.
  const cost = (inputs, wanted) =>
    tf.losses.sigmoidCrossEntropy(wanted, sums(inputs)).mul(wanted.shape[1]);
  const adam = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  const learn = () => {
    for (let begin = 0; begin < count; begin += batch) {
      const part = [begin, Math.min(batch, count - begin)];
      adam.minimize(() => cost(x.slice(...part), y.slice(...part)));
    }
    // The graphics card may still be at it: read a result.
    layers[0][1].dataSync();
  };
  const read = () => tf.tidy(() => sums(x).sigmoid().dataSync());
  const timed = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const times = (work) => Array.from({ length: passes }, () => timed(work));
  return {
    pass: times(learn),
    evaluation: times(read),
    cost: tf.tidy(() => cost(x, y).dataSync()[0]),
  };
}

run().then(done, (error) => done({ error: String(error) }));
