"""The notation of this package, which is that of the lecture and of the blackboard.

A network has layers l = 1 … L of weights. Layer l reads a_prev (batch, inputs) and holds

    W (units, inputs)   W[i, j] is w_ij, the weight from unit j of the layer before to unit i
    b (units,)          b[i] is w_i0, the bias

and computes, for every example of a batch at once,

    z = a_prev Wᵀ + b   (batch, units)   the pre-activation
    a = g(z)            (batch, units)   the activation, a_prev of the next layer

The error E is the mean of the loss over the batch. Backpropagation visits the layers in reverse:

    da    = ∂E/∂a   (batch, units)       from the loss, or from the layer above
    delta = ∂E/∂z = da · g'(z)           (batch, units)
    dW    = ∂E/∂W = deltaᵀ a_prev        (units, inputs)
    db    = ∂E/∂b = Σ_batch delta        (units,)
    da_prev       = delta W              (batch, inputs), passed to the layer before

Every array may have leading axes: K networks of one shape are (K, batch, units).
The names x, y, z, a, W, b, da, delta, dW, db have this meaning in every module.

Read in this order: activations, losses, network, forward, backward, gradcheck, optimizers. Then
training (the runs and their loop), and at last compiled (the same formulas, made fast).
"""
