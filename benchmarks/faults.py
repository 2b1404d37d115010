"""Faults that a right engine does not have: what stands there, and what a slip would make of it.

Each replaces a text that occurs exactly once in its file; a test holds the list to that.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One slip: in engine/`file`.py `right` became `wrong`.

    tests: the files tests/engine/test_….py that should notice.
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
     "return 1 - a * a", "return 1 - a", "gradcheck"),
    ("leaky ReLU leaks forward only", "activations",
     "return LEAK + (1 - LEAK) * np.heaviside(z, 0)", "return np.heaviside(z, 0)", "gradcheck"),
    ("the sigmoid's slope with a wrong sign", "activations",
     "return a * (1 - a)", "return a * (1 + a)", "gradcheck"),
    ("GELU's inner slope off by a factor", "activations",
     "(1 + 3 * GELU_CURVE * z * z)", "(1 + GELU_CURVE * z * z)", "gradcheck"),
    ("ReLU's slope at 0 is 1", "activations",
     "    return np.heaviside(z, 0)\n", "    return np.heaviside(z, 1)\n", "activations"),
    ("Huber's gradient is not bounded", "losses",
     "return np.minimum(np.maximum(a - y, -1), 1)", "return a - y", "losses gradcheck"),
    ("softmax overflows", "losses",
     "np.exp(z - np.maximum.reduce(z, axis=axis, keepdims=True))", "np.exp(z)", "losses"),
    ("E is a sum over the examples", "losses",
     "loss.value(a, y, -1).mean(axis=-1)", "loss.value(a, y, -1).sum(axis=-1)", "losses gradcheck"),
    ("the check divides by h", "gradcheck", "/ (2 * h)", "/ h", "gradcheck"),
    ("the check knows no kinks", "gradcheck",
     "np.asarray(((one > 0) != (other > 0)).any(axis=(-2, -1)))",
     "np.zeros(one.shape[:-2], bool)", "gradcheck"),
)  # fmt: skip

READABLE_PASS = _faults(
    ("forward forgets the bias", "forward",
     "z += layer.b[..., np.newaxis, :]", "pass", "propagation lecture"),
    ("backward forgets 1/batch", "backward",
     "loss.gradient(trace.output, y, -1) / batch", "loss.gradient(trace.output, y, -1)", "gradcheck"),
    ("backward takes z of the layer before, not a", "backward",
     "a_prev = trace.layers[index - 1].a", "a_prev = trace.layers[index - 1].z", "gradcheck"),
    ("backward hands delta down by W transposed, where W is square", "backward",
     "da = delta @ layer.W",
     "da = delta @ (layer.W if layer.W.shape[-1] != layer.W.shape[-2] else layer.W.swapaxes(-1, -2))",
     "gradcheck lecture"),
    ("db is a mean over the batch", "backward",
     "db = delta.sum(axis=-2)", "db = delta.mean(axis=-2)", "gradcheck"),
    ("the bias's gradient is counted twice", "backward",
     "[layer.db[..., np.newaxis], layer.dW]", "[2 * layer.db[..., np.newaxis], layer.dW]", "gradcheck"),
)  # fmt: skip

FAST_PASS = _faults(
    ("the plan forgets 1/batch", "plan",
     "loss.gradient(a, y, -2) * share", "loss.gradient(a, y, -2)", "plan"),
    ("the plan forgets g'(z)", "plan",
     "da if slope is None else da * tape.symbol(slope)", "da", "plan"),
    ("the plan forgets dropout on the way back", "plan",
     "tape.symbol(handed_down) * tape.symbol(dropout)", "tape.symbol(handed_down) * 1", "plan"),
    ("the plan silences nobody on the way forward", "layout",
     "tape.symbol(self.a[layer]) * tape.symbol(dropout)", "tape.symbol(self.a[layer]) * 1", "plan"),
    ("stacks add up in another order", "plan",
     "tape.call(np.matmul, left, right, into)",
     'tape.call(lambda: np.copyto(into, np.einsum("kij,kjl->kil", left, right)))', "stacks"),
    ("a stack's products read [W] out of the middle of [b | W]", "plan",
     "_product(tape, _transposed(block[layer]), delta, memory.da[layer - 1])",
     "_product(tape, _transposed(block[layer][..., 1:]), delta, memory.delta[layer - 1])", "stacks"),
    ("the whole stack trains on the first one's batch", "stack",
     "run.batches.fill(window,", "self.runs[0].batches.fill(window,", "stacks"),
    ("a stack's steps end when the first run's epoch does", "stack",
     "self._begin_stretch(place, now)", "pass", "stacks"),
    ("every slot's step reads the first slot's batch", "replay",
     "slot * window.strides[0]", "0 * window.strides[0]", "plan"),
    ("η is in the shares where the step multiplies by it", "stack",
     "rates if self.update.descends else 1.0", "rates", "batches optimizers"),
    ("η is nowhere", "stack", "rates if self.update.descends else 1.0", "1.0", "batches training"),
    ("a buffer is used again while it is still needed", "tape",
     "last_use[id(operand)] == index", "last_use[id(operand)] >= index", "tape"),
    ("a result is written where old numbers are still read", "tape",
     "if any(np.may_share_memory(array, into) for array in read):\n                return False",
     "if any(np.may_share_memory(array, into) for array in read):\n                continue", "tape"),
)  # fmt: skip

UPDATES = _faults(
    ("Adam corrects no bias", "optimizers",
     "return rate * root / (1 - beta1**t), epsilon * root", "return rate + 0 * t, epsilon + 0 * t",
     "optimizers torch"),
    ("Adam's ε inside the root", "optimizers",
     "rate * m / (np.sqrt(v) + floor)", "rate * m / np.sqrt(v + floor)",
     "torch"),
    ("momentum remembers and does not use it", "optimizers",
     "return theta - rate * v, (v,)", "return theta - rate * g, (v,)", "optimizers"),
    ("Nesterov looks nowhere ahead", "optimizers",
     "return theta - rate * (g + momentum * v), (v,)", "return theta - rate * v, (v,)", "optimizers"),
    ("AdaGrad forgets", "optimizers", "s = s + g * g", "s = 0 * s + g * g", "optimizers"),
    ("RMSProp adds up", "optimizers",
     "s = alpha * s + (1 - alpha) * g * g", "s = alpha * s + g * g", "optimizers"),
    ("Adadelta remembers gradients for moves", "optimizers",
     "d = rho * d + (1 - rho) * move * move", "d = rho * d + (1 - rho) * g * g", "optimizers"),
    ("AdamW does not decay", "optimizers",
     "return adam(shrink * theta, g", "return adam(theta, g", "optimizers torch"),
    ("L-BFGS takes the change of the gradient the wrong way round", "lbfgs",
     "moved - theta, g_there - g)", "moved - theta, g - g_there)", "lbfgs"),
    ("L1 lets weights cross zero", "penalties", "return moved * kept, kept", "return moved, kept",
     "penalties update"),
    ("L1 pulls by the sign after the step", "penalties", "np.sign(before)", "np.sign(after)", "penalties"),
    ("biases are penalised", "network", "block[:, 0] = 0", "block[:, 0] = 1", "update network"),
    ("clipping is ignored", "update", "g = clipped(g, clip_norm)", "g = 1 * g", "update"),
    ("clipping makes short gradients long", "update",
     "np.minimum(limit / (norm + 1e-6), 1)", "limit / (norm + 1e-6)", "update"),
    ("frozen parameters gather momentum", "update",
     "g, decay = g * free, decay * free", "g, decay = 1 * g, 1 * decay", "update"),
    ("frozen parameters decay", "update",
     "after = free * after + (1 - free) * theta", "after = 1 * after", "update"),
)  # fmt: skip

RUNS = _faults(
    ("a batch leaks: each takes a row of the next", "batches",
     "self.order[self.position : self.position + steps * size]",
     "self.order[self.position + 1 : self.position + 1 + steps * size]", "batches"),
    ("what fills a short batch up is trained on", "window",
     "* (np.arange(size) < size - missing)", "", "batches"),
    ("rows are drawn with replacement", "batches",
     "self._stream.permutation(count)", "self._stream.integers(count, size=count)", "batches"),
    ("the ones on top of a batch are twos", "batches",
     "np.ones((len(x), 1), x.dtype)", "2 * np.ones((len(x), 1), x.dtype)", "batches lecture"),
    ("a restored run begins its epoch anew", "batches",
     'snapshot["order"].copy(), snapshot["position"]', 'snapshot["order"].copy(), 0', "snapshot"),
    ("dropout does not make up for the silent", "stack", ">= p) / (1 - p)", ">= p) / 1", "dropout"),
    ("warm-up stands still within an epoch", "recipe",
     "self.rate_at(step + later, epoch)", "self.rate_at(step, epoch)",
     "optimizers"),
    ("Adam taken up late counts from the run's first step", "stack",
     "np.arange(run.updates + 1.0, run.updates + 1.0 + steps)",
     "np.arange(run.step + 1.0, run.step + 1.0 + steps)", "edits"),
    ("the event names the step before", "stack",
     "Divergence(run.step + 1, name", "Divergence(run.step, name", "divergence"),
    ("dropout drawn in vain is lost", "stack", "advance(-unused)", "advance(0)", "divergence"),
    ("nobody looks for divergence", "divergence",
     "if not square < SAFE_SQUARE[theta.dtype]:", "if square < 0:", "divergence"),
    ("nobody looks whether E overflowed in many layers", "divergence",
     "return _longest_output(architecture, theta, reach) < SAFE_OUTPUT[theta.dtype]", "return True",
     "divergence"),
    ("L-BFGS leaves its precision for the penalty's", "stepping",
     ").astype(run.recipe.dtype)", ")", "divergence"),
    ("another optimiser inherits the memory", "training",
     "if recipe.optimizer != old.optimizer:", "if len(recipe.optimizer) < 0:", "edits"),
    ("one more layer changes the output's start", "recipe",
     'stream(self.seed, "start", index % len(layers))', 'stream(self.seed, "start", index)', "recipe"),
    ("a sigmoid is asked for −1", "targets",
     'activation == "sigmoid" or loss == "binary_cross_entropy"', 'loss == "binary_cross_entropy"',
     "targets"),
    ("the middle counts for the first class", "evaluation", ">= middle", "> middle", "evaluation"),
)  # fmt: skip

TAKEN_UP_AGAIN = _faults(
    ("weights dead of L1 come back with a restore", "training",
     'for name in ("theta", "start", "state", "alive", "frozen"):',
     'for name in ("theta", "start", "state", "frozen"):', "snapshot"),
    ("a restored run's dropout begins anew", "training",
     'self.dropout.bit_generator.state = snapshot["dropout"]', "pass", "snapshot"),
    ("a restored run's epochs come in another order", "batches",
     'self._stream.bit_generator.state = snapshot["stream"]', "pass", "snapshot"),
    ("a snapshot shares its parameters with the run", "training",
     '"theta": self.network.theta.copy(), "start"', '"theta": self.network.theta, "start"', "snapshot"),
    ("a restored run counts its optimiser's steps by epochs", "training",
     'for name in ("step", "epoch", "updates"))', 'for name in ("step", "epoch", "epoch"))', "snapshot"),
    ("a new start is drawn over frozen weights", "training",
     "drawn[self.frozen] = self.start[self.frozen]", "pass", "edits"),
    ("an edited weight stays dead", "training",
     'self.alive |= self.network.theta != self._fitting("theta", theta)', 'self._fitting("theta", theta)',
     "update"),
    ("dead weights wake up with any change", "training",
     "if recipe.penalty != old.penalty:", "if recipe != old:", "update"),
)  # fmt: skip

COMPANY = _faults(
    ("the last one's penalty is everybody's", "stack",
     "plan.decay[place] = run.recipe", "plan.decay[:] = run.recipe", "stacks"),
    ("the last one's frozen weights are everybody's", "stack",
     "plan.free[place] = run.free", "plan.free[:] = run.free", "stacks"),
    ("the last one's limit on gradients is everybody's", "stack",
     "plan.clip_norm[place] = run", "plan.clip_norm[:] = run", "stacks"),
    ("gradients are clipped to a norm of all networks together", "update",
     "np.add.reduce(g * g, axis=-1, keepdims=True)", "np.add.reduce(g * g, axis=None, keepdims=True)",
     "stacks"),
)  # fmt: skip

WHAT_IS_SAID = _faults(
    ("the trace forgets the penalty", "trace",
     "decay = recipe.penalty_rate * weight_mask", "decay = 0 * weight_mask", "trace"),
    ("the trace tells the rate of the first step", "trace",
     "rate = recipe.rate_at(run.step, run.epoch)", "rate = recipe.rate_at(0, 0)", "trace"),
    ("the confusion matrix lies on its side", "evaluation",
     "winners(y, middle) * classes + predicted", "predicted * classes + winners(y, middle)", "evaluation"),
    ("R² compares with 0 and not with the mean", "evaluation",
     "np.square(y - y.mean(axis=0))", "np.square(y)", "evaluation"),
    ("a spread is that of a sample", "standardization",
     "x.std(axis=0)", "x.std(axis=0, ddof=1)", "standardization"),
    ("the largest gradient is the most positive one", "divergence",
     "np.abs(gradient), np.inf", "gradient, np.inf", "divergence"),
)  # fmt: skip

RULES = _faults(
    ("cosine rises again after its end", "schedules",
     "share = min(epoch / epochs, 1)", "share = epoch / epochs", "schedules"),
    ("He counts the units and not the inputs", "initializers",
     "return uniform(units, inputs, rng, sqrt(6 / inputs))",
     "return uniform(units, inputs, rng, sqrt(6 / units))", "initializers"),
    ("L-BFGS takes any step", "lbfgs",
     "if error_there <= error + SUFFICIENT * length * slope:", "if np.isfinite(error_there):", "lbfgs"),
    ("^ groups to the left", "expression/parser",
     '"^": Infix("power", 4, 4)', '"^": Infix("power", 4, 5)', "expression expression_parser"),
    ("a minus binds tighter than ^", "expression/parser",
     "SIGN_BINDS = 3", "SIGN_BINDS = 5", "expression expression_parser"),
    ("a gate that two others use hands on one gradient", "expression/graph",
     "gradients[source] + handed_on", "handed_on", "expression_gradients"),
    ("a tie of max pays twice", "expression/operations",
     "((u >= v) * 1.0, (u < v) * 1.0)", "((u >= v) * 1.0, (u <= v) * 1.0)", "expression_gradients"),
    ("noise moves the points of the circle", "datasets/playground",
     "return np.column_stack([x1, x2]), signs(inside)",
     "return np.column_stack([x1 + noise * jitter1, x2 + noise * jitter2]), signs(inside)", "datasets"),
)  # fmt: skip

FAULTS = [
    *SLOPES, *READABLE_PASS, *FAST_PASS, *UPDATES, *RUNS, *TAKEN_UP_AGAIN, *COMPANY, *WHAT_IS_SAID, *RULES,
]  # fmt: skip
