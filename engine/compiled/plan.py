"""Compiled plan: one update of K networks of one shape, as calls on preallocated memory.

`forward` and `backward` contain the mathematics. This module repeats it line by line, as calls that
allocate nothing. Three techniques make it fast without a change of the results:

- Units are along the first axis and examples along the second, with a row of ones above every
  layer's activations. So a block [b | W] times [1; a_prev] is W a_prev + b in one product, and
  delta times [1; a_prev]ᵀ is [db | dW], written directly into the flat gradient vector, and
  [b | W]ᵀ times delta is da_prev, below a row that nothing reads.
- Layers are contiguous in one buffer. Neighbors with the same activation share the calls that
  compute g'(z).
- `tape` records the formulas of activations, losses, penalties and optimizers from their registries.

K networks are stacked along a leading axis, each with its own parameters, rate, batch and optimizer
state. The product of a stack does the same operations as the product of each network. So a network
gets the same bits alone and in any stack. A Plan owns its memory and no network: `training.stack`
loads networks into it, runs some steps, and stores the results. The calls read the batches of the
next steps directly from the slots of a buffer, without a copy.
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
    """Compiled step of `stack` networks on batches of `batch` examples.

    theta (stack, P) parameters · state (vectors, stack, P) optimizer state
    gradient (stack, P) of the last step, times η where `Update.is_plain_sgd`
    free (stack, P) 1, or 0 where a parameter must not move · decay (stack, P) penalty rate, 0 for biases
    clip_norm (stack, 1) · buffer: the batches of the next steps, one slot for each
    calls: the calls of a step on the first slot, in order
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
        """Make one update for each of these slots, with its batch and coefficients.

        Overflow gives no warning, because the caller checks theta.
        """
        with np.errstate(all="ignore"):
            self._steps(slots)

    def _zeros(self, *shape: int) -> Array:
        return np.zeros(shape, self.dtype)

    def _record_pass(self, tape: Tape, slot: BatchBuffer) -> None:
        """Record the forward and backward pass, from the batch of a slot to the flat gradient of E."""
        architecture, loss = self.update.architecture, LOSSES[self.update.loss]
        block, gradient = (
            blocks(architecture, _squeeze_single(flat)) for flat in (self.theta, self.gradient)
        )
        memory = StepBuffers(
            architecture, _transposed(_squeeze_single(slot.x)), _squeeze_single(slot.dropout)
        )
        record_forward(tape, block, memory)
        memory.record_slopes(tape)

        a, y, example_weight = (
            tape.tracer(array)
            for array in (memory.a[-1], _squeeze_single(slot.y), _squeeze_single(slot.example_weight))
        )
        da = loss.gradient(a, y, -2) * example_weight
        for layer in reversed(range(len(block))):
            delta, slope = memory.delta[layer], memory.slope[layer]
            tape.store(da if slope is None else da * tape.tracer(slope), memory.da[layer])
            _product(tape, delta, _transposed(memory.inputs[layer]), gradient[layer])
            if layer:  # the inputs of the first layer need no gradient
                da_prev, dropout = memory.delta[layer - 1], memory.dropout[layer - 1]
                _product(tape, _transposed(block[layer]), delta, memory.da[layer - 1])
                if dropout is not None:
                    tape.store(tape.tracer(da_prev) * tape.tracer(dropout), da_prev)
                da = tape.tracer(memory.da[layer - 1])

    def _record_update(self, tape: Tape, slot: BatchBuffer) -> None:
        """Record `Update.apply`, from the gradient to the next parameters."""
        theta, g, free, decay, clip_norm, *state = (
            _squeeze_single(array)
            for array in (self.theta, self.gradient, self.free, self.decay, self.clip_norm, *self.state)
        )
        coefficients = [tape.tracer(_scalar_view(values)) for values in slot.coefficients.swapaxes(0, 1)]
        if self.update.is_plain_sgd:
            coefficients.insert(0, 1)  # the weights of the examples already contain η
        free_tracer = tape.tracer(free)
        updated = self.update.apply(
            tape.tracer(theta), tape.tracer(g), tuple(map(tape.tracer, state)), tuple(coefficients),
            free_tracer, tape.tracer(decay), tape.tracer(clip_norm),
        )  # fmt: skip
        for vector, value in zip(state, updated.state, strict=True):
            tape.store(value, vector)
        if updated.free is not free_tracer:
            tape.store(updated.free, free)
        tape.store(updated.theta, theta)


def record_forward(tape: Tape, block: list[Array], memory: ForwardBuffers) -> None:
    """Record z = [b | W] [1; a_prev] and a = g(z), layer by layer."""
    for layer in range(len(block)):
        _product(tape, block[layer], memory.inputs[layer], memory.z[layer])
        memory.record_activation(tape, layer)


def _squeeze_single(stacked: Array) -> Array:
    """Return a stack of one without its leading axis, because fewer axes make calls faster."""
    return stacked[0] if len(stacked) == 1 else stacked


def _scalar_view(stacked: Array) -> Array:
    """Return a view (stack, 1) with one number per network; () for a stack of one."""
    return stacked.reshape(()) if len(stacked) == 1 else stacked


def _transposed(matrix: Array) -> Array:
    return matrix.swapaxes(-1, -2)


def _product(tape: Tape, left: Array, right: Array, into: Array) -> None:
    """Record into = left right. `dot` costs a third of `matmul`, with the same bits as result.

    The bits are the same because all operands here are contiguous by rows or by columns, so BLAS reads
    them directly. Other operands `dot` would copy but `matmul` would not, and the sums would differ.
    """
    if left.ndim == 2:
        tape.call(left.dot, right, into)
    else:
        tape.call(np.matmul, left, right, into)
