/**
 * ConvNetJS on node: reads one problem as a line of JSON, then trains a lap for every line "lap" and
 * answers "theta" with its parameters. ConvNetJS trains one example at a time and updates after each batch.
 */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const convnetjs = createRequire(import.meta.url)(process.argv[2]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
const problem = JSON.parse((await lines.next()).value);

const volume = (row) => new convnetjs.Vol(row);
const net = new convnetjs.Net();
net.makeLayers([
  { type: "input", out_sx: 1, out_sy: 1, out_depth: problem.sizes[0] },
  ...problem.sizes.slice(1).map((units) => ({ type: "fc", num_neurons: units, activation: "tanh" })),
  { type: "regression", num_neurons: problem.sizes.at(-1) },
]);
// "regression" brings a linear layer of its own, after the output that we have: take it out.
net.layers.splice(net.layers.length - 2, 1);

const dense = net.layers.filter((layer) => layer.layer_type === "fc");
dense.forEach((layer, index) =>
  problem.blocks[index].forEach(([bias, ...weights], unit) => {
    layer.biases.w[unit] = bias;
    layer.filters[unit].w.set(weights);
  }),
);
const trainer = new convnetjs.Trainer(net, {
  method: "sgd", learning_rate: problem.rate, momentum: 0, batch_size: problem.batch,
});
const x = problem.x.map(volume);

for await (const line of lines) {
  if (line === "lap") {
    for (const row of problem.order) trainer.train(x[row], problem.y[row]);
    answer("done");
  } else {
    answer(dense.flatMap((layer) => layer.filters.flatMap((filter, unit) => [layer.biases.w[unit], ...filter.w])));
  }
}
