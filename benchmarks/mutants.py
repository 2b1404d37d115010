"""Mutants of the engine: faults that its tests must notice, each as a replacement in one source file.

The replaced text occurs exactly once in its file; tests/engine/test_mutants.py checks that.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Fault: in engine/`file`.py `right` is replaced by `wrong`.

    tests: the files tests/engine/….py that must fail.
    """

    title: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]


def _faults(*rows: tuple[str, str, str, str, str]) -> list[Fault]:
    return [
        Fault(title, file, right, wrong, tuple(tests.split())) for title, file, right, wrong, tests in rows
    ]


SLOPES = _faults(
    ("tanh's slope without the square", "activations",
     "return 1 - a * a", "return 1 - a", "test_gradcheck"),
    ("leaky ReLU leaks forward only", "activations",
     "return LEAK + (1 - LEAK) * np.heaviside(z, 0)", "return np.heaviside(z, 0)", "test_gradcheck"),
    ("the sigmoid's slope with a wrong sign", "activations",
     "return a * (1 - a)", "return a * (1 + a)", "test_gradcheck"),
    ("GELU's inner slope off by a factor", "activations",
     "(1 + 3 * GELU_CURVE * z * z)", "(1 + GELU_CURVE * z * z)", "test_gradcheck"),
    ("ReLU's slope at 0 is 1", "activations",
     "    return np.heaviside(z, 0)\n", "    return np.heaviside(z, 1)\n", "test_activations"),
    ("Huber's gradient is not bounded", "losses",
     "return np.minimum(np.maximum(a - y, -1), 1)", "return a - y", "test_losses test_gradcheck"),
    ("softmax overflows", "losses",
     "np.exp(z - np.maximum.reduce(z, axis=axis, keepdims=True))", "np.exp(z)", "test_losses"),
    ("E is a sum over the examples", "losses",
     "loss.value(a, y, -1).mean(axis=-1)", "loss.value(a, y, -1).sum(axis=-1)", "test_losses test_gradcheck"),
    ("the check divides by h", "gradcheck", "/ (2 * h)", "/ h", "test_gradcheck"),
    ("the check knows no kinks", "gradcheck",
     "np.asarray(((above > 0) != (below > 0)).any(axis=(-2, -1)))",
     "np.zeros(above.shape[:-2], bool)", "test_gradcheck"),
)  # fmt: skip

READABLE_PASS = _faults(
    ("forward forgets the bias", "forward",
     "z += layer.b[..., np.newaxis, :]", "pass", "test_propagation test_lecture"),
    ("backward forgets 1/batch", "backward",
     "loss.gradient(trace.output, y, -1) / batch", "loss.gradient(trace.output, y, -1)", "test_gradcheck"),
    ("backward takes z of the layer before, not a", "backward",
     "a_prev = trace.layers[index - 1].a", "a_prev = trace.layers[index - 1].z", "test_gradcheck"),
    ("backward hands delta down by W transposed, where W is square", "backward",
     "da = delta @ layer.W",
     "da = delta @ (layer.W if layer.W.shape[-1] != layer.W.shape[-2] else layer.W.swapaxes(-1, -2))",
     "test_gradcheck test_lecture"),
    ("db is a mean over the batch", "backward",
     "db = delta.sum(axis=-2)", "db = delta.mean(axis=-2)", "test_gradcheck"),
    ("the bias's gradient is counted twice", "backward",
     "[layer.db[..., np.newaxis], layer.dW]", "[2 * layer.db[..., np.newaxis], layer.dW]", "test_gradcheck"),
)  # fmt: skip

FAST_PASS = _faults(
    ("the plan forgets 1/batch", "compiled/plan",
     "loss.gradient(a, y, -2) * example_weight", "loss.gradient(a, y, -2)", "compiled/test_plan"),
    ("the plan forgets g'(z)", "compiled/plan",
     "da if slope is None else da * tape.tracer(slope)", "da", "compiled/test_plan"),
    ("the plan forgets dropout on the way back", "compiled/plan",
     "tape.tracer(da_prev) * tape.tracer(dropout)", "tape.tracer(da_prev) * 1", "compiled/test_plan"),
    ("the plan silences nobody on the way forward", "compiled/buffers",
     "tape.tracer(self.a[layer]) * tape.tracer(dropout)", "tape.tracer(self.a[layer]) * 1",
     "compiled/test_plan"),
    ("stacks add up in another order", "compiled/plan",
     "tape.call(np.matmul, left, right, into)",
     'tape.call(lambda: np.copyto(into, np.einsum("kij,kjl->kil", left, right)))', "training/test_stack"),
    ("a stack's products read [W] out of the middle of [b | W]", "compiled/plan",
     "_product(tape, _transposed(block[layer]), delta, memory.da[layer - 1])",
     "_product(tape, _transposed(block[layer][..., 1:]), delta, memory.delta[layer - 1])",
     "training/test_stack"),
    ("the whole stack trains on the first one's batch", "training/stack",
     "run.batches.fill(buffer,", "self.runs[0].batches.fill(buffer,", "training/test_stack"),
    ("a stack's steps end when the first run's epoch does", "training/stack",
     "self._begin_segment(index, slot)", "pass", "training/test_stack"),
    ("every slot's step reads the first slot's batch", "compiled/replay",
     "slot * buffer.strides[0]", "0 * buffer.strides[0]", "compiled/test_plan"),
    ("η is in the shares where the step multiplies by it", "training/stack",
     "rates if self.update.is_plain_sgd else 1.0", "rates", "training/test_batches test_optimizers"),
    ("η is nowhere", "training/stack", "rates if self.update.is_plain_sgd else 1.0", "1.0",
     "training/test_batches training/test_run"),
    ("a buffer is used again while it is still needed", "compiled/tape",
     "last_use[id(operand)] == index", "last_use[id(operand)] >= index", "compiled/test_tape"),
    ("a result is written where old numbers are still read", "compiled/tape",
     "if any(np.may_share_memory(array, into) for array in read):\n                return False",
     "if any(np.may_share_memory(array, into) for array in read):\n                continue",
     "compiled/test_tape"),
)  # fmt: skip

UPDATES = _faults(
    ("Adam corrects no bias", "optimizers",
     "return rate * root / (1 - beta1**t), epsilon * root", "return rate + 0 * t, epsilon + 0 * t",
     "test_optimizers test_golden_runs"),
    ("Adam's ε inside the root", "optimizers",
     "rate * m / (np.sqrt(v) + floor)", "rate * m / np.sqrt(v + floor)",
     "test_golden_runs"),
    ("momentum remembers and does not use it", "optimizers",
     "return theta - rate * v, (v,)", "return theta - rate * g, (v,)", "test_optimizers"),
    ("Nesterov looks nowhere ahead", "optimizers",
     "return theta - rate * (g + momentum * v), (v,)", "return theta - rate * v, (v,)", "test_optimizers"),
    ("AdaGrad forgets", "optimizers", "s = s + g * g", "s = 0 * s + g * g", "test_optimizers"),
    ("RMSProp adds up", "optimizers",
     "s = alpha * s + (1 - alpha) * g * g", "s = alpha * s + g * g", "test_optimizers"),
    ("Adadelta remembers gradients for moves", "optimizers",
     "d = rho * d + (1 - rho) * move * move", "d = rho * d + (1 - rho) * g * g", "test_optimizers"),
    ("AdamW does not decay", "optimizers",
     "return adam(shrink * theta, g", "return adam(theta, g", "test_optimizers test_golden_runs"),
    ("L-BFGS takes the change of the gradient the wrong way round", "lbfgs",
     "moved - theta, new_g - g)", "moved - theta, g - new_g)", "test_lbfgs"),
    ("L1 lets weights cross zero", "penalties", "return moved * alive, alive", "return moved, alive",
     "test_penalties test_update"),
    ("L1 pulls by the sign after the step", "penalties", "np.sign(before)", "np.sign(after)",
     "test_penalties"),
    ("biases are penalized", "network", "block[:, 0] = 0", "block[:, 0] = 1", "test_update test_network"),
    ("clipping is ignored", "update", "g = clip_by_norm(g, clip_norm)", "g = 1 * g", "test_update"),
    ("clipping makes short gradients long", "update",
     "np.minimum(limit / (norm + 1e-6), 1)", "limit / (norm + 1e-6)", "test_update"),
    ("frozen parameters gather momentum", "update",
     "g, decay = g * free, decay * free", "g, decay = 1 * g, 1 * decay", "test_update"),
    ("frozen parameters decay", "update",
     "after = free * after + (1 - free) * theta", "after = 1 * after", "test_update"),
)  # fmt: skip

RUNS = _faults(
    ("a batch leaks: each takes a row of the next", "training/batches",
     "self.order[self.position : self.position + steps * size]",
     "self.order[self.position + 1 : self.position + 1 + steps * size]", "training/test_batches"),
    ("what fills a short batch up is trained on", "compiled/batch_buffer",
     "* (np.arange(size) < size - missing)", "", "training/test_batches"),
    ("rows are drawn with replacement", "training/batches",
     "self._stream.permutation(count)", "self._stream.integers(count, size=count)", "training/test_batches"),
    ("the ones on top of a batch are twos", "compiled/batch_buffer",
     "np.ones((len(x), 1), x.dtype)", "2 * np.ones((len(x), 1), x.dtype)",
     "training/test_batches test_lecture"),
    ("a restored run begins its epoch anew", "training/batches",
     'snapshot["order"].copy(), snapshot["position"]', 'snapshot["order"].copy(), 0',
     "training/test_snapshot"),
    ("dropout does not make up for the silent", "training/stack", ">= p) / (1 - p)", ">= p) / 1",
     "training/test_dropout"),
    ("warm-up stands still within an epoch", "training/config",
     "self.rate_at(step + offset, epoch)", "self.rate_at(step, epoch)",
     "test_optimizers"),
    ("Adam taken up late counts from the run's first step", "training/stack",
     "np.arange(run.updates + 1.0, run.updates + 1.0 + steps)",
     "np.arange(run.step + 1.0, run.step + 1.0 + steps)", "training/test_edits"),
    ("the event names the step before", "training/stack",
     "Divergence(run.step + 1, name", "Divergence(run.step, name", "training/test_divergence"),
    ("dropout drawn in vain is lost", "training/stack", "advance(-unused)", "advance(0)",
     "training/test_divergence"),
    ("nobody looks for divergence", "training/divergence",
     "if not square < SAFE_SQUARE[theta.dtype]:", "if square < 0:", "training/test_divergence"),
    ("nobody looks whether E overflowed in many layers", "training/divergence",
     "return _output_bound(architecture, theta, max_norm) < SAFE_OUTPUT[theta.dtype]", "return True",
     "training/test_divergence"),
    ("L-BFGS leaves its precision for the penalty's", "training/loop",
     ").astype(run.config.dtype)", ")", "training/test_divergence"),
    ("another optimizer inherits the memory", "training/run",
     "if config.optimizer != old.optimizer:", "if len(config.optimizer) < 0:", "training/test_edits"),
    ("one more layer changes the output's start", "training/config",
     'rng_for(self.seed, "start", index % len(layers))', 'rng_for(self.seed, "start", index)',
     "training/test_config"),
    ("a sigmoid is asked for −1", "data/targets",
     'activation == "sigmoid" or loss == "binary_cross_entropy"', 'loss == "binary_cross_entropy"',
     "data/test_targets"),
    ("the middle counts for the first class", "metrics", ">= middle", "> middle", "test_metrics"),
)  # fmt: skip

SNAPSHOTS_AND_EDITS = _faults(
    ("weights dead of L1 come back with a restore", "training/run",
     '("alive", self.unpinned), ("frozen", self.frozen),', '("frozen", self.frozen),',
     "training/test_snapshot"),
    ("a restored run's dropout begins anew", "training/run",
     'self.dropout.bit_generator.state = snapshot["dropout"]', "pass", "training/test_snapshot"),
    ("a restored run's epochs come in another order", "training/batches",
     'self._stream.bit_generator.state = snapshot["stream"]', "pass", "training/test_snapshot"),
    ("a snapshot shares its parameters with the run", "training/run",
     '"theta": self.network.theta.copy(), "start"', '"theta": self.network.theta, "start"',
     "training/test_snapshot"),
    ("a restored run counts its optimizer's steps by epochs", "training/run",
     'for name in ("step", "epoch", "updates"))', 'for name in ("step", "epoch", "epoch"))',
     "training/test_snapshot"),
    ("a new start is drawn over frozen weights", "training/run",
     "drawn[self.frozen] = self.start[self.frozen]", "pass", "training/test_edits"),
    ("an edited weight stays dead", "training/run",
     'self.unpinned |= self.network.theta != self._check_shape("theta", theta)',
     'self._check_shape("theta", theta)',
     "test_update"),
    ("dead weights wake up with any change", "training/run",
     "if config.penalty != old.penalty:", "if config != old:", "test_update"),
)  # fmt: skip

STACKS = _faults(
    ("the last one's penalty is everybody's", "training/stack",
     "plan.decay[index] = run.config", "plan.decay[:] = run.config", "training/test_stack"),
    ("the last one's frozen weights are everybody's", "training/stack",
     "plan.free[index] = run.trainable", "plan.free[:] = run.trainable", "training/test_stack"),
    ("the last one's limit on gradients is everybody's", "training/stack",
     "plan.clip_norm[index] = run", "plan.clip_norm[:] = run", "training/test_stack"),
    ("gradients are clipped to a norm of all networks together", "update",
     "np.add.reduce(g * g, axis=-1, keepdims=True)", "np.add.reduce(g * g, axis=None, keepdims=True)",
     "training/test_stack"),
)  # fmt: skip

EXPLANATIONS = _faults(
    ("the trace forgets the penalty", "explain/trace",
     "decay = config.penalty_rate * weight_mask", "decay = 0 * weight_mask", "explain/test_trace"),
    ("the trace tells the rate of the first step", "explain/trace",
     "rate = config.rate_at(run.step, run.epoch)", "rate = config.rate_at(0, 0)", "explain/test_trace"),
    ("the confusion matrix lies on its side", "metrics",
     "predicted_classes(y, middle) * classes + predicted",
     "predicted * classes + predicted_classes(y, middle)", "test_metrics"),
    ("R² compares with 0 and not with the mean", "metrics",
     "np.square(y - y.mean(axis=0))", "np.square(y)", "test_metrics"),
    ("a spread is that of a sample", "data/standardization",
     "x.std(axis=0)", "x.std(axis=0, ddof=1)", "data/test_standardization"),
    ("the largest gradient is the most positive one", "training/divergence",
     "np.abs(gradient), np.inf", "gradient, np.inf", "training/test_divergence"),
)  # fmt: skip

RULES = _faults(
    ("cosine rises again after its end", "schedules",
     "share = min(epoch / epochs, 1)", "share = epoch / epochs", "test_schedules"),
    ("He counts the units and not the inputs", "initializers",
     "return uniform(units, inputs, rng, sqrt(6 / inputs))",
     "return uniform(units, inputs, rng, sqrt(6 / units))", "test_initializers"),
    ("L-BFGS takes any step", "lbfgs",
     "if new_error <= error + SUFFICIENT_DECREASE * length * slope:", "if np.isfinite(new_error):",
     "test_lbfgs"),
    ("^ groups to the left", "expression/parser",
     '"^": Infix("power", 4, 4)', '"^": Infix("power", 4, 5)',
     "expression/test_expression expression/test_expression_parser"),
    ("a minus binds tighter than ^", "expression/parser",
     "SIGN_BINDS = 3", "SIGN_BINDS = 5", "expression/test_expression expression/test_expression_parser"),
    ("a gate that two others use hands on one gradient", "expression/graph",
     "gradients[source] + contribution", "contribution", "expression/test_expression_gradients"),
    ("a tie of max pays twice", "expression/operations",
     "((u >= v) * 1.0, (u < v) * 1.0)", "((u >= v) * 1.0, (u <= v) * 1.0)",
     "expression/test_expression_gradients"),
    ("noise moves the points of the circle", "data/playground",
     "return np.column_stack([x1, x2]), signs(inside)",
     "return np.column_stack([x1 + noise * jitter1, x2 + noise * jitter2]), signs(inside)",
     "data/test_dataset"),
)  # fmt: skip

FAULTS = [
    *SLOPES, *READABLE_PASS, *FAST_PASS, *UPDATES, *RUNS, *SNAPSHOTS_AND_EDITS, *STACKS, *EXPLANATIONS,
    *RULES,
]  # fmt: skip
