"""Exhibit files: what is read from them, and what is said of one that is wrong."""

import os
from pathlib import Path

import pytest

from app.services.exhibits.collection import Exhibits
from app.services.exhibits.parser import ExhibitError, read_exhibit

GOOD = """---
id: tiny
title: A tiny page
parts: ["gates"]
expressions: ["x*y"]
values: {"x": 2,
         "y": 3}
---
Two numbers $x$ and $y$
are multiplied.

$$ f = x y $$
"""


def written(folder: Path, text: str, name: str = "tiny.md") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_a_header_paragraphs_and_formulas(tmp_path):
    page = read_exhibit(written(tmp_path, GOOD))
    assert page.header.title == "A tiny page"
    assert page.header.values == {"x": 2, "y": 3}
    assert page.prose == ("Two numbers $x$ and $y$ are multiplied.",)
    assert page.formulas == ("f = x y",)


@pytest.mark.parametrize(
    ("line", "old", "new", "said"),
    [
        (1, "---\nid", "id", "begins with a line ---"),
        (4, '["gates"]', '["gates"', "parts is not JSON"),
        (4, '["gates"]', '["gate"]', "parts.0"),
        (6, '"y": 3}', '"y": three}', "values is not JSON"),
        (5, 'expressions: ["x*y"]', 'expression: ["x*y"]', "this field does not exist"),
        (3, "title: A tiny page", "title A tiny page", "reads `key: value`"),
        (2, "id: tiny", "id: Tiny page", "id:"),
        (5, 'expressions: ["x*y"]', "title: Another", "title stands twice"),
        (12, "$$ f = x y $$", "$$ f = x y", "never closed"),
        (9, "$x$ and $y$", "$x$ and y$", "not closed in the paragraph"),
        (4, '["gates"]', '["network"]', "needs a line `network"),
        (12, "f = x y", "f = x_{1 y", "{ is never closed"),
        (12, "f = x y", r"f = \froc{x}{y}", r"KaTeX has no command .froc"),
        (12, "f = x y", r"f = \left( x", r"left is never closed"),
        (12, "f = x y", r"f = \frac{x}", "needs two arguments"),
        (12, "f = x y", r"\begin{matrx}1\end{matrx}", "no environment 'matrx'"),
        (9, "$x$ and", "$x^$ and", "needs an argument"),
        (5, '"x*y"', '"(x*y"', r"expressions.0: found the end"),
        (5, '"x*y"', '"x*y*z"', "no number for z in `values`"),
        (4, '["gates"]', '["cell"]', "cell shows the numbers of gates, so it needs gates beside it"),
        (5, '["gates"]', '["gates", "cell"]', r"cell is for one neuron of two inputs first, .* this is x\*y"),
    ],
)
def test_a_broken_file_is_refused_with_its_name_and_line(tmp_path, line, old, new, said):
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ExhibitError, match=said) as raised:
        read_exhibit(path)
    near = range(line, line + 2)
    assert raised.value.line in near
    assert "tiny.md, line" in str(raised.value)


def test_a_spec_that_cannot_be_names_the_field_in_it(tmp_path):
    network = 'parts: ["network"]\nnetwork: {"layers": [{"units": 0}]}'
    with pytest.raises(ExhibitError, match=r"line 5: network\.layers\.0\.units"):
        read_exhibit(written(tmp_path, GOOD.replace('parts: ["gates"]', network)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"b": [30]', '"b": [30, 1]', r"network\.parameters\.0\.b: 2 numbers, but the layer has 1 units"),
        ("[[-20, -20]]", "[[-20]]", r"parameters\.0\.W: 1 × 1 numbers, but the layer needs 1 × 2"),
        ('{"units": 1}', '{"units": 2}, {"units": 1}', r"parameters\.0\.b: 1 numbers, but the layer has 2"),
        ('"unit": 1', '"unit": 3', r"compose\.AND: the network has no unit 3 in layer 2"),
        ("[-30, 20, 20]", "[-30, 20]", r"compose\.AND\.w: 2 numbers, but that unit has a bias and 2 weights"),
    ],
)
def test_numbers_that_do_not_fit_their_network_are_refused_with_the_line(tmp_path, old, new, said):
    network = """parts: ["network"]
compose: {"AND": {"layer": 2, "unit": 1, "w": [-30, 20, 20]}}
network: {"data": {"inputs": [[0, 1]], "targets": [[1]]}, "layers": [{"units": 1}],
          "parameters": [{"W": [[-20, -20]], "b": [30]}]}"""
    good = GOOD.replace('parts: ["gates"]', network)
    assert read_exhibit(written(tmp_path, good)).header.network
    with pytest.raises(ExhibitError, match=said) as raised:
        read_exhibit(written(tmp_path, good.replace(old, new)))
    assert raised.value.line == (5 if "AND" in said else 7)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("example: 0", "example: 2", 5, r"there are rows 0 … 1, got 2"),
        ('"w_12^(1)"', '"w_14^(1)"', 6, r"'w_14\^\(1\)' is neither a weight of this network"),
        ('"E"]', '"E"], "names": ["w"]', 6, r"1 names for 2 columns"),
        ('"rounds", "plane"', '"rounds", "product"', 4, r"product is for one hidden layer .* network is 2-1"),
        ('{"units": 1}', '{"units": 2}', 4, r"sliders is for a single neuron; this network is 2-2"),
        ("[0, 1, 1]", "[0, 1, 1, 1]", 4, r"plane is for a network of two inputs; this network is 3-1"),
    ],
)
def test_a_part_that_the_network_is_not_for_is_refused_with_the_line(tmp_path, old, new, line, said):
    network = """parts: ["rounds", "plane", "sliders"]
example: 0
rounds: {"count": 2, "columns": ["w_12^(1)", "E"]}
network: {"data": {"points": [[0, 1, 1], [1, 0, 0]]}, "layers": [{"units": 1}]}"""
    good = GOOD.replace('parts: ["gates"]', network)
    assert read_exhibit(written(tmp_path, good)).header.network
    with pytest.raises(ExhibitError, match=said) as raised:
        read_exhibit(written(tmp_path, good.replace(old, new)))
    assert raised.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            '"units": 1,',
            '"units": 1, "activation": "sigmoid",',
            8,
            r"network\.layers\.1\.activation: sigmoid was given",
        ),
        ("tanh", "tahn", 7, r"network\.layers\.0\.activation: "),
        ('"noise": 0.1', '"noise": 10', 6, r"network\.data\.noise: .* got 10"),
        (
            '"units": 3',
            '"units": 3000',
            7,
            r"network\.layers\.0\.units: 3000 units were given, but at most 64",
        ),
        ('"dropout": 0.5', '"dropout": 5', 11, r"beside\.a wide one, later\.layers\.0\.dropout: "),
    ],
)
def test_a_network_that_rest_would_refuse_is_refused_with_the_very_line(tmp_path, old, new, line, said):
    network = """parts: ["network"]
network: {"loss": "binary_cross_entropy",
          "data": {"name": "circle", "noise": 0.1},
          "layers": [{"units": 3, "activation": "tanh"},
                     {"units": 1, "dropout": 0}]}
beside: {"a wide one, later": {
           "layers": [
             {"units": 20, "dropout": 0.5}, {"units": 1}]}}"""
    good = GOOD.replace('parts: ["gates"]', network)
    assert read_exhibit(written(tmp_path, good)).header.network
    with pytest.raises(ExhibitError, match=said) as raised:
        read_exhibit(written(tmp_path, good.replace(old, new)))
    assert raised.value.line == line


def test_another_language_is_told_where_it_exists_and_english_elsewhere(tmp_path):
    written(tmp_path, GOOD, "en/1.md")
    written(tmp_path, GOOD.replace("tiny", "small"), "en/2.md")
    written(tmp_path, GOOD.replace("A tiny page", "Küçük bir sayfa"), "tr/1.md")
    exhibits = Exhibits(tmp_path)
    assert [page["title"] for page in exhibits.summaries("tr")] == ["Küçük bir sayfa", "A small page"]
    assert [page["language"] for page in exhibits.summaries("tr")] == ["tr", "en"]


def test_two_files_with_one_id_are_refused(tmp_path):
    written(tmp_path, GOOD, "1.md")
    written(tmp_path, GOOD, "2.md")
    with pytest.raises(ExhibitError, match=r"'tiny' is taken by 1\.md"):
        Exhibits(tmp_path)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ExhibitError, match="this folder does not exist"):
        Exhibits(tmp_path / "missing")


def test_a_broken_file_of_one_s_own_is_a_page_that_says_why_and_all_others_are_there(tmp_path):
    written(tmp_path, GOOD, "lecture/en/1.md")
    written(tmp_path, GOOD.replace("A tiny page", "Mine"), "own/1.md")
    for name in ("My page.md", "tr/My page.md"):
        written(tmp_path, GOOD.replace('"y": 3}', '"y": three}'), f"own/{name}")
    exhibits = Exhibits(tmp_path / "lecture", tmp_path / "own")
    assert [page["title"] for page in exhibits.summaries("en")] == ["Mine", "My page.md", "tr/My page.md"]
    told = exhibits.to_dict("broken-1", "tr")
    assert told["fault"].startswith("My page.md, line 7: values is not JSON")
    assert (told["parts"], told["prose"], told["network"]) == ([], [], None)
    assert [error.line for error in exhibits.faults] == [7, 7]
    assert exhibits.to_dict("tiny", "en")["fault"] is None


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_file_is_a_page_that_says_so(tmp_path, make):
    written(tmp_path, GOOD, "lecture/en/1.md")
    (tmp_path / "own").mkdir()
    make(tmp_path / "own" / "page.md")
    exhibits = Exhibits(tmp_path / "lecture", tmp_path / "own")
    assert "page.md" in exhibits.to_dict("broken-1", "en")["fault"]
    assert "no file that can be read" in exhibits.to_dict("broken-1", "en")["fault"]


FOLDER = Path(__file__).parents[3] / "app" / "exhibits"
TRANSLATED = [
    (tongue.name, path.name)
    for tongue in sorted(FOLDER.iterdir())
    for path in sorted((FOLDER / "en").glob("*.md"))
    if tongue.name != "en"
]


@pytest.mark.parametrize(("tongue", "name"), TRANSLATED)
def test_an_exhibit_in_another_language_has_the_same_numbers_and_formulas(tongue, name):
    english, other = (read_exhibit(FOLDER / language / name) for language in ("en", tongue))
    mine, theirs = (page.header.model_dump(exclude={"title", "names"}) for page in (english, other))
    assert mine == theirs
    assert set(english.header.names) <= set(other.header.names)
    assert set(other.header.names) - set(english.header.names) <= set(english.header.beside)
    assert other.formulas == english.formulas
    assert len(other.prose) == len(english.prose)
    assert other.header.title != english.header.title
