"""Hostile input, at the counts that a suite has time for; `python -m tests.fuzz` has the full ones."""

import pytest

from app.schemas.base import ROWS
from app.settings import Limits
from tests.app.server import Service, served
from tests.fuzz import requests, schema, sockets


@pytest.mark.parametrize("attack", requests.ATTACKS, ids=lambda attack: attack.name)
def test_what_nobody_means_well_with_is_refused_briefly(service: Service, attack: requests.Attack):
    answer = requests.answered(service, attack)
    assert answer.well, (answer.status, answer.size)


@pytest.mark.slow
def test_random_messages_close_a_socket_with_the_promised_code_and_change_nothing(service: Service):
    siege = sockets.besieged(service, count=400, seed=1)
    assert siege.wrong == []
    assert {"done", "error", "closed with 1003", "closed with 1007", "closed with 1008"} <= set(
        siege.outcomes
    )


@pytest.mark.slow
def test_the_service_answers_as_its_openapi_document_says():
    with served() as (_, service):
        told = schema.explored(service.address, cases=4, seed=1, phases="examples,fuzzing,stateful")
    assert told.sound, told.text
    assert told.cases > 150


def test_a_network_can_have_all_the_rows_that_are_read_from_a_file():
    (bound,) = (limit.le for limit in Limits.model_fields["rows"].metadata if hasattr(limit, "le"))
    assert bound == ROWS
