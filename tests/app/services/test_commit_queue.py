"""Commit queue: a trainer's reports are delivered only after they are saved, in order."""

import asyncio
from types import SimpleNamespace
from typing import Any

from app.messages.reports import Answer, Record, Report
from app.services.workers.commit_queue import CommitQueue


async def test_two_answers_kept_by_one_commit_are_told_once_each_and_in_order():
    commits: list[asyncio.Future[None]] = []
    told: list[int] = []

    def save(_network: str, _record: Record) -> asyncio.Future[None]:
        commits.append(asyncio.get_running_loop().create_future())
        return commits[-1]

    def tell(report: Report) -> None:
        assert isinstance(report, Answer)
        told.append(report.request_id)

    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
    queue = CommitQueue(SimpleNamespace(save=save), tell)
    for number in 1, 2:
        queue.put(Answer(request_id=number, network_id="n", record=Record(b"setup", b"progress")))
    for commit in commits:
        commit.set_result(None)
    await asyncio.sleep(0.01)
    assert told == [1, 2]
    assert not complaints
