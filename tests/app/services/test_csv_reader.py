"""The CSV reader: which tables it takes and as what, and why it refuses the others."""

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exceptions import InvalidRequest
from app.domain.user_data import parse_user_data
from app.schemas.csv_preview import CsvPreview, CsvProblemKind
from app.schemas.spec import DataSpec
from app.services.uploads.csv_reader import preview_csv, read_csv
from app.services.uploads.csv_table import MESSAGES
from app.settings import Limits

LIMITS = Limits()
LABELS = "".join(f"1,l{k}\n" for k in range(11))
TEXTS = st.text(alphabet=' 019.,;-e"ab\t\n\r\0', max_size=60)
CELLS = st.sampled_from(
    [*"012abxy", "", "-1", "0,5", "1.5", "nan", "1e999", '"q"', "label", "id", "split", "train", "test"]
)
TABLES = st.builds(
    lambda rows, separator: "\n".join(map(separator.join, rows)),
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from("\t;,"),
)


def preview(text: str, **choices: Any) -> dict[str, Any]:
    """Return the preview with the data. It is as the model says."""
    answer = preview_csv(text, LIMITS, **{"with_data": True, **choices})
    assert CsvPreview(**answer).model_dump() == answer
    return answer


def refusal(text: str) -> str:
    """Return why PUT data refuses the text."""
    with pytest.raises(InvalidRequest) as refused:
        read_csv(text.encode(), LIMITS)
    (error,) = refused.value.errors
    return error.message


def roles(answer: dict[str, Any]) -> str:
    """Return the first letter of each role."""
    return "".join(column["role"][0] for column in answer["columns"])


@pytest.mark.parametrize(
    ("text", "separator", "decimal", "inputs"),
    [
        ("1,2\n3,4\n", ",", ".", [[1], [3]]),
        ("1,5;2\n3;4\n", ";", ",", [[1.5], [3]]),
        ("1.5;2\n3;4\n", ";", ".", [[1.5], [3]]),
        ("1,5\t2\n3\t4\n", "\t", ",", [[1.5], [3]]),
        ("a;b\tc;d\n1\t2\n", "\t", ".", [[1]]),
        ("a;b\tc\n1,5\t2\n", "\t", ",", [[1.5]]),
        ("a,b;c,d\n1;2\n", ";", ".", [[1]]),
        ('"a;b",c\n1,2\n', ",", ".", [[1]]),
        ('"a\nb";c\n1,5;2\n', ";", ",", [[1.5]]),
        ("\n \r\n1;2\n3;4\n", ";", ".", [[1], [3]]),
        ("\tx\ty\n5\t1\t2\n7\t3\t4\n", "\t", ".", [[5, 1], [7, 3]]),
        ("\ufeffx,y\r1,2\r3,4", ",", ".", [[1], [3]]),
        ("x,y\n+1e2, 2 \n.5,4\n", ",", ".", [[100], [0.5]]),
        ('x,y\n"1","2"\n', ",", ".", [[1]]),
    ],
)
def test_the_separator_is_a_tab_before_a_semicolon_before_a_comma(text, separator, decimal, inputs):
    answer = preview(text)
    assert answer["problem"] is None
    assert (answer["separator"], answer["decimal"]) == (separator, decimal)
    assert answer["data"]["inputs"] == inputs


@pytest.mark.parametrize(
    "cell",
    [
        "0x10", "0b1", "0o7", "1_000", "1 000", "1,000.5", "=2+3", "nan", "inf", "Infinity", "1e999", "−1",
        "\u0661", "5%", "1.2.3", "e5", "--1", '1"x',
    ],
)  # fmt: skip
def test_what_only_one_language_takes_for_a_number_is_none(cell):
    answer = preview(f"x;y\n1;1\n2;2\n{cell};3\n")
    values = {"row": 4, "column": 1, "name": "x", "cell": cell}
    assert (answer["problem"]["kind"], answer["problem"]["values"]) == ("number", values)


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("", "empty", {}),
        ("\n , \n", "empty", {}),
        ("x1,y\n", "empty", {}),
        ("1,2\n\0,1\n", "nul", {}),
        ('x,y\n"1"x,2\n', "quote", {"row": 2}),
        ('x,y\n\n1,"2\n', "quote", {"row": 3}),
        ('1,2\n1,"' + "2\n" * 30_000, "quote", {"row": 2}),
        ("1," + "9" * 200_000, "long_line", {"line": 1, "count": 200_002, "most": 20_000}),
        ("1,2\n" + "\n" * 50_000, "lines", {"most": 40_002}),
        ("1,2\n" * 20_001, "rows", {"most": 20_000}),
        ("x,y\n" + "1,2\n" * 20_001, "rows", {"most": 20_000}),
        ("," * 256 + "1\n", "columns", {"count": 257, "most": 256}),
        ("x1,x2,y\n1,2\n", "ragged", {"row": 2, "count": 2, "needed": 3}),
        ("x1,x2,y\n\n1,2,3\n\n1,2\n", "ragged", {"row": 5, "count": 2, "needed": 3}),
        ("0,1,a\n2,x,b\n", "number", {"row": 2, "column": 2, "name": "", "cell": "x"}),
        ("x,y\n1,1\n" + "9" * 70 + "x,2\n", "number",
         {"row": 3, "column": 1, "name": "x", "cell": "9" * 60 + "…"}),
        ("x,y\n1,1\n,2\n", "missing", {"row": 3, "column": 1, "name": "x"}),
        ("x,label\n1,a\n2, \n", "missing", {"row": 3, "column": 2, "name": "label"}),
        ("x,y,split\n1,0,train\n2,1,maybe\n", "split",
         {"row": 3, "column": 3, "name": "split", "cell": "maybe"}),
        ("x,y,split\n1,0,test\n", "no_training", {}),
        ("x1,label\n" + LABELS, "classes", {"column": 2, "name": "label", "count": 11, "most": 10}),
        ("1,a\n2,a\n", "one_class", {"column": 2, "name": "", "label": "a"}),
        ("1,a\n2," + "b" * 61 + "\n", "long_label",
         {"row": 2, "column": 2, "name": "", "count": 61, "most": 60}),
        ("y\n1\n", "no_inputs", {}),
        (",".join(["1"] * 66), "inputs", {"count": 65, "most": 64}),
        ("x," + ",".join(["y"] * 11) + "\n" + "1," * 11 + "1\n", "outputs", {"count": 11, "most": 10}),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_is_answered_with_the_reason_and_refused_with_the_same(
    text, kind, values
):
    answer = preview(text)
    assert (answer["problem"]["kind"], answer["problem"]["values"]) == (kind, values)
    assert (answer["rows"], answer["task"], answer["data"]) == (None, None, None)
    assert refusal(text) == answer["problem"]["message"]


@pytest.mark.parametrize(
    ("text", "choice", "kind"),
    [
        ("1,2,3\n", ["none", "none", "target"], "no_inputs"),
        ("1,2,3\n", ["input", "input", "none"], "no_target"),
        ("1,train,train\n", ["input", "split", "split"], "splits"),
        ("1,a,3\n2,b,4\n", ["input", "input", "target"], "number"),
    ],
)
def test_roles_that_do_not_fit_are_answered_with_the_reason(text, choice, kind):
    assert preview(text, roles=choice)["problem"]["kind"] == kind


def test_several_columns_are_classes_only_where_each_row_has_a_single_one():
    several = "x,y1,y2,y3\n5,1,0,0\n6,0,0,1\n"
    assert (preview(several)["task"], preview(several)["classes"]) == ("classification", ["0", "1", "2"])
    assert preview(several, task="regression")["task"] == "regression"
    both = preview(several.replace("5,1,0", "5,1,1"), task="classification")
    assert both["problem"]["kind"] == "one_hot"


@given(TEXTS | TABLES)
def test_any_text_has_a_preview_and_put_data_agrees_with_it(text: str):
    answer = preview(text)
    if answer["problem"]:
        assert refusal(text) == answer["problem"]["message"]
    else:
        assert read_csv(text.encode(), LIMITS) == answer["data"]
        rows = parse_user_data(DataSpec(**answer["data"]), LIMITS)
        assert rows is not None
        assert (len(rows.x), rows.task, rows.classes) == (
            answer["rows"],
            answer["task"],
            len(answer["classes"]),
        )


def test_every_reason_has_a_sentence():
    assert set(MESSAGES) == set(get_args(CsvProblemKind))


def test_the_rows_around_a_problem_are_shown():
    lines = [f"{k},{k}" for k in range(300)]
    lines[280] = "abc,1"
    assert [row["row"] for row in preview("\n".join(lines))["first"]] == list(range(280, 286))
    lines[280], lines[299] = "1,1", "abc,1"
    assert [row["row"] for row in preview("\n".join(lines))["first"]] == list(range(295, 301))
    lines[299] = "1,1"
    assert [row["row"] for row in preview("\n".join(lines))["first"]] == list(range(1, 7))


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("1,2,3\n", "iit"),
        ("a,1,b\nc,2,d\n", "nit"),
        ("1,b,2\n1,c,2\n", "iti"),
        ("y,x1,x2\n1,2,3\n", "tii"),
        ("x,Label,z\n1,2,3\n", "iti"),
        ("species,x\na,1\nb,2\n", "ti"),
        ("x,y1,y2\n1,2,3\n", "itt"),
        ("name,x,y\nanna,1,2\notto,3,4\n", "nit"),
        ("year,x,label\n1,2,a\n3,4,b\n", "iit"),
        ("x,split,y\n1,train,3\n", "ist"),
        (",x,y\n0,5,6\n1,5,6\n2,5,7\n", "nit"),
        (",x,y\n1,5,6\n2,5,6\n3,5,7\n", "nit"),
        ("id,x,y\n1,5,6\n2,5,6\n3,5,7\n", "nit"),
        ("x,z,id\n5,6,1\n5,6,2\n5,7,3\n", "itn"),
        ("id,x,y\n7,5,6\n8,5,6\n9,5,7\n", "iit"),
        ("id,x,y\n1,5,6\n2,5,6\n4,5,7\n", "iit"),
        ("id,x,y\n1,5,6\n2,5,6\n", "iit"),
        ("index,y\n0,5\n1,6\n2,7\n", "it"),
        ("a,b,c\n1,2,3\n2,5,6\n3,5,7\n", "iit"),
    ],
)
def test_the_roles_are_proposed_by_the_names_and_the_cells(text, proposed):
    assert roles(preview(text)) == proposed


def test_what_is_left_out_is_said_with_its_reason():
    answer = preview("id,name,x,y\n\n1,anna,5,6\n \n2,otto,5,6\n3,eva,5,7\n\n")
    assert answer["left_out"] == [
        {"kind": "index", "values": {"column": 1, "name": "id"}},
        {"kind": "words", "values": {"column": 2, "name": "name"}},
        {"kind": "blank_rows", "values": {"count": 2}},
    ]
    chosen = preview("id,x,z,y\n1,4,5,6\n2,4,5,6\n3,4,5,7\n", roles=["input", "none", "input", "target"])
    assert chosen["left_out"] == []


@pytest.mark.parametrize(
    ("labels", "targets", "classes", "names"),
    [
        ("-1 1", [-1, 1], ["-1", "1"], None),
        ("1 1", [1, 1], ["-1", "1"], None),
        ("0 0", [0, 0], ["0", "1"], None),
        ("0 1 2", [0, 1, 2], ["0", "1", "2"], None),
        ("1 2 3", [0, 1, 2], ["1", "2", "3"], ["1", "2", "3"]),
        ("0 9", [0, 1], ["0", "9"], ["0", "9"]),
        ("dog cat dog", [1, 0, 1], ["cat", "dog"], ["cat", "dog"]),
        ("b 10 a b", [2, 0, 1, 2], ["10", "a", "b"], ["10", "a", "b"]),
    ],
)
def test_labels_are_classes_without_gaps(labels, targets, classes, names):
    answer = preview("x,label\n" + "".join(f"1,{label}\n" for label in labels.split()))
    assert (answer["task"], answer["classes"]) == ("classification", classes)
    assert (answer["data"]["targets"], answer["data"].get("class_names")) == (targets, names)


@pytest.mark.parametrize("values", ["0.5 1", "5 5", "10 20 30", "-1 0 1", " ".join(map(str, range(11)))])
def test_other_numbers_are_values_to_predict(values):
    answer = preview("x,y\n" + "".join(f"1,{value}\n" for value in values.split()))
    assert (answer["task"], answer["classes"]) == ("regression", [])
    assert answer["data"]["targets"] == [float(value) for value in values.split()]


def test_a_person_may_choose_the_other_task_where_it_is_possible():
    text = "x,y\n1,20\n1,3\n1,2.50\n1,20\n"
    assert preview(text)["tasks"] == ["classification", "regression"]
    classes = preview(text, task="classification")
    assert (classes["classes"], classes["data"]["targets"]) == (["2.5", "3", "20"], [2, 1, 0, 2])
    assert preview("x,y\n1,0\n2,1\n", task="regression")["data"]["targets"] == [0, 1]
    many = preview("x,y\n" + "".join(f"1,{k}\n" for k in range(11)), task="classification")
    assert many["problem"]["values"]["count"] == 11
    assert preview("x,y\n1,a\n2,b\n")["tasks"] == ["classification"]
    assert preview("x,y\n1,a\n2,b\n", task="regression")["problem"]["kind"] == "number"


@pytest.mark.parametrize(
    ("cells", "wanted"), [("1 2", False), ("0 13", True), ("0 0.1", True), ("3 3", False), ("-13 1", True)]
)
def test_inputs_far_from_zero_or_close_together_are_to_be_standardized(cells, wanted):
    answer = preview("x,y\n" + "".join(f"{cell},1\n" for cell in cells.split()))
    assert answer["standardize"] is wanted


def test_the_split_is_read_in_any_case_of_letters():
    assert preview("x,y,split\n1,0,Train\n2,1,TEST\n")["data"]["split"] == ["train", "test"]
