"""Benchmarks of the engine against other libraries, and of the service; `python -m benchmarks` compares.

All libraries use one thread. They read the environment variables below when they are first imported,
so this package sets them before it imports any library.
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
