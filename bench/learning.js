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
  const inputs = W[0][0].length;
  const levels = Uint8Array.from(atob(images), (character) => character.charCodeAt(0));
  const x = tf.tensor2d(
    Float32Array.from(levels, (level) => level / white),
    [count, inputs],
  );
  const y = tf.oneHot(tf.tensor1d(labels, "int32"), W.at(-1).length).toFloat();
  const layers = W.map((rows, at) =>
    tf.layers.dense({
      units: rows.length,
      activation: at === W.length - 1 ? "sigmoid" : activation,
      weights: [tf.tensor2d(rows).transpose(), tf.zeros([rows.length])],
      ...(at ? {} : { inputShape: [inputs] }),
    }),
  );
  const model = tf.sequential({ layers });
  // Its mean over the outputs, where the engine adds them up, makes no difference to Adam.
  const optimizer = tf.train.adam(rate, 0.9, 0.999, 1e-8);
  model.compile({ optimizer, loss: "binaryCrossentropy" });
  const fit = { batchSize: batch, epochs: 1, shuffle: false, verbose: 0, yieldEvery: "never" };
  const read = () => tf.tidy(() => model.predictOnBatch(x).dataSync());
  const times = async (work) => {
    const ms = [];
    while (ms.length < passes) {
      const start = performance.now();
      await work();
      ms.push(performance.now() - start);
    }
    return ms;
  };
  const pass = await times(() => model.fit(x, y, fit));
  const evaluation = await times(read);
  const mean = tf.tidy(() => tf.metrics.binaryCrossentropy(y, model.predictOnBatch(x)).mean());
  return { pass, evaluation, cost: mean.dataSync()[0] * W.at(-1).length };
}

run().then(done, (error) => done({ error: String(error) }));
