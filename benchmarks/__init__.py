"""How fast the engine is, against libraries that do the same work; `python -m benchmarks` runs all.

One thread for everybody: the switches below are read when NumPy, PyTorch and JAX are first
imported, so they are set here, before any of them.
"""

import os

from engine.compiled import blas

os.environ.update(
    {
        **blas.environment(),
        **blas.ONE_THREAD,
        "JAX_PLATFORMS": "cpu",
        "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    }
)
