"""BLAS settings: the environment variables that OpenBLAS reads when NumPy is imported.

OpenBLAS reads them only once, so they must be set before a process imports NumPy. This module does
not import NumPy.
"""

from pathlib import Path

PROCESSORS = Path("/proc/cpuinfo")
AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One thread per process: the matrices are small, and every core already has a training process."""


def environment(processors: Path = PROCESSORS) -> dict[str, str]:
    """Return environment variables for a training process. processors: Linux's description of the CPUs."""
    cpu_info = processors.read_text() if processors.exists() else ""
    flags = next((line for line in cpu_info.splitlines() if line.startswith("flags")), "").split()
    # OpenBLAS 0.3.31 does not know AMD's Zen 5 and chooses kernels of half its register width. The
    # kernels for Intel's AVX-512 multiply 1.6 times as fast.
    is_amd_avx512 = "AuthenticAMD" in cpu_info and set(flags) >= AVX512
    return {"OPENBLAS_CORETYPE": "SkylakeX"} if is_amd_avx512 else {}
