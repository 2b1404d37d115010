"""BLAS settings: the environment variables that OpenBLAS reads when NumPy is imported.

It looks when NumPy is first imported, so whoever starts a process that trains says it before. This
module imports no NumPy.
"""

from pathlib import Path

PROCESSORS = Path("/proc/cpuinfo")
AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""These matrices are small and the cores are shared: threads of BLAS's own only get in the way."""


def environment(processors: Path = PROCESSORS) -> dict[str, str]:
    """Variables for the environment of a process that trains. processors: what Linux tells of them.

    OpenBLAS 0.3.31 does not know AMD's Zen 5, and takes kernels that are half as wide as its registers;
    the ones it has for any processor with AVX-512 multiply 1.6 times as fast.
    """
    told = processors.read_text() if processors.exists() else ""
    flags = next((line for line in told.splitlines() if line.startswith("flags")), "").split()
    wide = "AuthenticAMD" in told and set(flags) >= AVX512
    return {"OPENBLAS_CORETYPE": "SkylakeX"} if wide else {}
