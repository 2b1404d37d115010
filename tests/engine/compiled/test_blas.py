"""What NumPy's products are told before NumPy is there: kernels that the processor has."""

import subprocess
import sys

from engine.compiled.blas import AVX512, environment

LISTED = "processor\t: 0\nvendor_id\t: {vendor}\nflags\t\t: fpu sse2 {flags}\n\nprocessor\t: 1\n"


def test_wide_kernels_are_asked_for_where_they_run_and_are_not_found(tmp_path):
    listed, wide = tmp_path / "cpuinfo", " ".join(AVX512)
    for vendor, flags, asked in (
        ("AuthenticAMD", wide, True),
        ("AuthenticAMD", wide.replace("avx512bw", "avx2"), False),
        ("GenuineIntel", wide, False),
    ):
        listed.write_text(LISTED.format(vendor=vendor, flags=flags))
        assert ("OPENBLAS_CORETYPE" in environment(listed)) == asked


def test_where_processors_are_not_told_of_nothing_is_asked_for(tmp_path):
    (tmp_path / "empty").write_text("")
    for place in "none", "empty":
        assert environment(tmp_path / place) == {}


def test_it_can_be_asked_before_numpy_is_imported():
    asked = "import sys, engine.compiled.blas; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
