"""Compiled plan: one update of K networks of one shape, as calls on preallocated memory.

`forward` and `backward` say the mathematics; this module says it again line by line, as calls that
allocate nothing. Three things make it fast, and none changes what is computed:

- Units lie along the first axis and examples along the second, with a row of ones on top of every
  layer's activations. So a block [b | W] times [1; a_prev] is W a_prev + b in one product, and
  delta times [1; a_prev]ᵀ is [db | dW], written where the flat gradient vector has them, and
  [b | W]ᵀ times delta is da_prev, below a row that nobody reads.
- Layers lie one after another in one buffer; neighbors with the same activation share the calls
  that compute g'(z).
- Formulas (activations, losses, penalties, optimizers) are recorded from their registries by `tape`.

K networks are stacked along a leading axis, each with parameters, rate, batch and memory of its
own; a product of the stack is the same product of each, so a network's numbers are the same to the
last bit alone or in any company. A Plan owns its memory and no network: `stack` puts networks in,
runs some steps, and takes them out. The batches of the coming steps lie in a window of slots, where
the calls read them, so that no batch is copied to where the calls are.
"""

import numpy as np

from engine.compiled.batch_buffer import BatchBuffer
from engine.compiled.buffers import ForwardBuffers, StepBuffers
from engine.compiled.replay import compile_calls
from engine.compiled.tape import Tape
from engine.losses import LOSSES
from engine.network import blocks
from engine.optimizers import OPTIMIZERS
from engine.types import Array
from engine.update import Update


class Plan:
    """Steps of `stack` networks, each on batches of `batch` examples, in memory of its own:

    theta (stack, P) parameters · state (vectors, stack, P) the optimizer's memory
    gradient (stack, P) of the last step; times η where the update `descends`
    free (stack, P) 1, or 0 where a parameter must not move · decay (stack, P) penalty rate, 0 for biases
    clip_norm (stack, 1) · window: what the coming steps read, a slot for each
    calls: of the step in the first slot, in order
    """

    def __init__(self, update: Update, batch: int, stack: int = 1) -> None:
        self.update, self.batch = update, batch
        self.dtype = np.dtype(update.dtype)
        size = update.architecture.parameter_count
        self.theta, self.free, self.decay, self.gradient = (self._zeros(stack, size) for _ in range(4))
        self.state = self._zeros(len(OPTIMIZERS[update.optimizer].state), stack, size)
        self.clip_norm = self._zeros(stack, 1)
        self.buffer = BatchBuffer.zeros(update, batch, stack)
        tape = Tape(self.dtype)
        self._record_pass(tape, self.buffer[0])
        self._record_update(tape, self.buffer[0])
        self.calls = tape.calls()
        self._steps = compile_calls(self.calls, *self.buffer.arrays)

    def run(self, slots: slice) -> None:
        """Make one update on the batch of each of these slots, with its numbers.

        Numbers that are not finite any more go on without a warning: the caller looks at theta.
        """
        with np.errstate(all="ignore"):
            self._steps(slots)

    def _zeros(self, *shape: int) -> Array:
        return np.zeros(shape, self.dtype)

    def _record_pass(self, tape: Tape, slot: BatchBuffer) -> None:
        """Forward and backward: from the batch of a slot to the flat gradient of E."""
        architecture, loss = self.update.architecture, LOSSES[self.update.loss]
        block, gradient = (
            blocks(architecture, _squeeze_single(flat)) for flat in (self.theta, self.gradient)
        )
        memory = StepBuffers(
            architecture, _transposed(_squeeze_single(slot.x)), _squeeze_single(slot.dropout)
        )
        record_forward(tape, block, memory)
        memory.record_slopes(tape)

        a, y, share = (
            tape.tracer(array)
            for array in (memory.a[-1], _squeeze_single(slot.y), _squeeze_single(slot.example_weight))
        )
        da = loss.gradient(a, y, -2) * share
        for layer in reversed(range(len(block))):
            delta, slope = memory.delta[layer], memory.slope[layer]
            tape.store(da if slope is None else da * tape.tracer(slope), memory.da[layer])
            _product(tape, delta, _transposed(memory.inputs[layer]), gradient[layer])
            if layer:
                handed_down, dropout = memory.delta[layer - 1], memory.dropout[layer - 1]
                _product(tape, _transposed(block[layer]), delta, memory.da[layer - 1])
                if dropout is not None:
                    tape.store(tape.tracer(handed_down) * tape.tracer(dropout), handed_down)
                da = tape.tracer(memory.da[layer - 1])

    def _record_update(self, tape: Tape, slot: BatchBuffer) -> None:
        """From the gradient to the next parameters, by `Update.apply`."""
        theta, g, free, decay, clip_norm, *state = (
            _squeeze_single(array)
            for array in (self.theta, self.gradient, self.free, self.decay, self.clip_norm, *self.state)
        )
        numbers = [tape.tracer(_scalar_view(number)) for number in slot.coefficients.swapaxes(0, 1)]
        if self.update.is_plain_sgd:
            numbers.insert(0, 1)
        still = tape.tracer(free)
        after = self.update.apply(
            tape.tracer(theta), tape.tracer(g), tuple(map(tape.tracer, state)), tuple(numbers), still,
            tape.tracer(decay), tape.tracer(clip_norm),
        )  # fmt: skip
        for vector, value in zip(state, after.state, strict=True):
            tape.store(value, vector)
        if after.free is not still:
            tape.store(after.free, free)
        tape.store(after.theta, theta)


def record_forward(tape: Tape, block: list[Array], memory: ForwardBuffers) -> None:
    """Record z = [b | W] [1; a_prev] and a = g(z), layer by layer."""
    for layer in range(len(block)):
        _product(tape, block[layer], memory.inputs[layer], memory.z[layer])
        memory.record_activation(tape, layer)


def _squeeze_single(stacked: Array) -> Array:
    """A stack of one without its leading axis, so that calls meet the fewest axes; others as they are."""
    return stacked[0] if len(stacked) == 1 else stacked


def _scalar_view(stacked: Array) -> Array:
    """(stack, 1), one number a network; () for a stack of one."""
    return stacked.reshape(()) if len(stacked) == 1 else stacked


def _transposed(matrix: Array) -> Array:
    return matrix.swapaxes(-1, -2)


def _product(tape: Tape, left: Array, right: Array, into: Array) -> None:
    """into = left right. `dot` costs a third of `matmul`; their results are the same, bit for bit.

    That holds where BLAS can read both operands as they lie, rows or columns side by side: what it
    cannot, `dot` would copy first and `matmul` would not, and the sums would come in another order.
    """
    if left.ndim == 2:
        tape.call(left.dot, right, into)
    else:
        tape.call(np.matmul, left, right, into)
