"""The faults of `python -m benchmarks.mutations` still fit the engine that they are put into."""

from pathlib import Path

import pytest

from benchmarks.mutants import FAULTS, Fault
from benchmarks.mutations import copy_engine, run_python

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
def test_what_a_fault_replaces_stands_in_the_engine_exactly_once(fault: Fault):
    source = (ROOT / "engine" / f"{fault.file}.py").read_text(encoding="utf-8")
    assert source.count(fault.right) == 1
    assert fault.wrong != fault.right
    compile(source.replace(fault.right, fault.wrong), fault.file, "exec")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.title)
def test_the_tests_that_should_notice_a_fault_exist(fault: Fault):
    assert fault.tests
    assert all((ROOT / "tests" / "engine" / f"{name}.py").is_file() for name in fault.tests)


def test_the_tests_of_a_fault_run_in_the_copy_that_it_is_put_into(tmp_path: Path):
    copy_engine(tmp_path)
    done = run_python(
        tmp_path, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/engine/test_network.py"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_at_least_twenty_faults_and_no_two_of_a_name():
    assert len({fault.title for fault in FAULTS}) == len(FAULTS) >= 20
