"""Hostile input in numbers: `python -m tests.fuzz` sends it to a server of its own and prints the counts.

`python -m tests.fuzz schema sockets` runs only those two, `SEED=3 python -m tests.fuzz` other
cases; 1 where anything was answered wrongly. The suite runs the same with smaller counts.
"""

import os
import sys

from tests.app.server import Service, served
from tests.fuzz import requests, schema, sockets

SEED = int(os.environ.get("SEED", "2026"))


def of_schema(service: Service) -> bool:
    told = schema.explored(service.address, cases=120, seed=SEED)
    print(f"schema: {told.cases:,} cases, {told.failures} answered wrongly")
    print("" if told.sound else told.text)
    return told.sound and told.cases >= 5000


def of_sockets(service: Service) -> bool:
    told = sockets.besieged(service, count=10_000, seed=SEED)
    for outcome, count in sorted(told.outcomes.items()):
        print(f"sockets: {count:>6,} {outcome}")
    for wrong in told.wrong[:10]:
        print(f"sockets: WRONG {wrong}")
    return not told.wrong


def of_requests(service: Service) -> bool:
    service.create()  # the trainer has started when this is answered
    answers = [requests.answered(service, attack) for attack in requests.ATTACKS]
    for answer in answers:
        verdict = "refused" if answer.well else "WRONG"
        print(
            f"requests: {verdict} with {answer.status} in {answer.seconds * 1000:5.0f} ms, "
            f"{answer.size:>5,} bytes, {answer.more_memory / 1e6:5.1f} MB more: {answer.attack.name}"
        )
    print(f"requests: {len(answers)} attacks, {sum(answer.well for answer in answers)} refused as promised")
    return all(answer.well and answer.quick and answer.frugal for answer in answers)


PARTS = {"requests": of_requests, "sockets": of_sockets, "schema": of_schema}


def main(names: list[str]) -> int:
    """The named parts, or all; the exit code."""
    with served() as (_, service):
        passed = {name: PARTS[name](service) for name in names or PARTS}
    return int(not all(passed.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
