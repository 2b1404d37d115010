"""Content negotiation: language, theme and format from the headers of a request."""

import pytest

from app.services.pages.negotiation import MAX_VALUES, parse_accept


@pytest.mark.parametrize(
    ("header", "wishes"),
    [
        ("", [""]),
        ("text/csv", ["text/csv"]),
        ("application/json;q=0.5, Text/CSV", ["text/csv", "application/json"]),
        ("application/x-npz;q=0, */*;q=0.1", ["*/*"]),
        ("tr-TR,tr;q=0.9,en;q=0.8", ["tr-tr", "tr", "en"]),
        ("text/csv; header=present; q=0.2, a/b; q=much, c/d", ["c/d", "text/csv"]),
    ],
)
def test_wishes_come_by_their_quality(header: str, wishes: list[str]):
    assert parse_accept(header) == wishes


def test_of_a_header_without_end_only_the_beginning_is_read():
    assert parse_accept("," * 60_000 + "text/csv") == [""] * MAX_VALUES
