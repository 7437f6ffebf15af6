// Times feedforward in TensorFlow.js. Calls back with the milliseconds of each repeat, or with the error.
//
// The output is read each time, because a page cannot use a result before it leaves the graphics card.

// biome-ignore lint/complexity/noArguments: this is how WebDriver passes them
const [{ backend, W, b, inputs, count, repeats }, done] = arguments;

async function run() {
  if (!(await tf.setBackend(backend))) {
    return { error: `the backend ${backend} is not available here` };
  }
  await tf.ready();
  const layers = W.map((rows, at) => [tf.tensor2d(rows).transpose(), tf.tensor1d(b[at])]);
  const forward = (a) =>
    tf.tidy(() => layers.reduce((x, [w, c]) => x.matMul(w).add(c).sigmoid(), a));
  const read = (a) => {
    const output = forward(a);
    const values = output.dataSync();
    output.dispose();
    return values;
  };
  const outputs = Array.from(read(tf.tensor2d([inputs])));
  const many = tf.randomUniform([count, inputs.length]);
  for (let i = 0; i < 5; i++) {
    read(many);
  }
  const ms = [];
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    read(many);
    ms.push(performance.now() - start);
  }
  return { outputs, ms };
}

run().then(done, (error) => done({ error: String(error) }));
