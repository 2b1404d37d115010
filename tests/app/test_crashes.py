"""The whole server is killed while networks play and are commanded; benchmarks.crashes does it more often."""

from pathlib import Path

from benchmarks.crashes import crashes


def test_kill_9_of_the_whole_server_loses_nothing_that_was_answered(tmp_path: Path):
    report = crashes(3, tmp_path)
    assert report.wrong == []
    assert report.answers > 0
