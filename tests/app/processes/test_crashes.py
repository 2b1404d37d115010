"""The whole server is killed while networks play and are commanded; benchmarks.crashes does it more often."""

from pathlib import Path

import pytest

from benchmarks.crashes import LOST_AT_MOST, READY_WITHIN, crashes
from tests.cpu_contention import slowness

pytestmark = pytest.mark.slow


def test_kill_9_of_the_whole_server_loses_nothing_answered_and_little_training(tmp_path: Path):
    slow = slowness()
    report = crashes(3, tmp_path)
    assert report.wrong == []
    assert report.answers > 0
    slow = max(slow, slowness())
    assert max(report.ready) <= slow * READY_WITHIN
    assert max(report.lost) <= slow * LOST_AT_MOST
