"""The microscope writes every kind of line as the engine does: one notation, in two programs."""

import json
from collections.abc import Callable, Iterator, Sequence

import pytest
from playwright.sync_api import Browser

from app.messages.queries import BatchTraceQuery, TraceQuery
from app.services.catalog import catalog
from app.settings import Limits
from app.trainer.queries.propagation import get_batch_trace, get_trace
from app.trainer.session import TrainingSession
from app.trainer.setup.network_setup import build_setup, first_run
from engine import notation
from engine.activations import ACTIVATIONS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.penalties import PENALTIES
from engine.training.loop import train_steps
from tests.browser.explain.formulas import Board, batch_board_of, board_of, board_on_page
from tests.browser.explain.matrix_formulas import MatrixFormulas
from tests.browser.playground import Json

BoardOf = Callable[[str, Sequence[Json], Json, Json], Board]
LIMITS = Limits()
WIDE = 11
"""Units and inputs: from ten on, the indices of a weight have a comma."""
LONG_BATCH = 10
"""More examples than a batch shows by their own lines."""
STOPS = """async (told) => {
  const [networks, catalog] = JSON.parse(told);
  const read = (name) => import(`/static/js/lib/${name}.js`);
  const { boardOf } = await read('trace/board');
  const { walkOf } = await read('trace/walk');
  const { walkOfBatch } = await read('trace/batchWalk');
  const { symbolTex } = await read('trace/symbols');
  (await read('format/i18n')).setMessages(await (await fetch('/static/text/en.json')).json());
  const keyOf = ({ phase, symbol }) => `${phase} ${symbol}`;
  const stopsOf = (trace, spec, notation) => walkOf(trace, notation).map((stop) => {
    const board = boardOf(stop, { trace, spec, catalog, exact: true }, notation);
    return { kind: stop.kind, lines: stop.lines.map(keyOf), board };
  });
  const symbolsOf = (lines) => lines.flatMap(({ symbol, terms }) =>
    [symbol, ...terms.flatMap(({ symbols }) => symbols)].map((name) => [name, symbolTex(name)]));
  return JSON.stringify(networks.map(({ spec, trace, batch }) => ({
    symbols: Object.fromEntries(symbolsOf([...trace.lines, ...batch.lines])),
    ...Object.fromEntries(['slides', 'matrices'].map((notation) => [notation, {
      trace: stopsOf(trace, spec, notation),
      batch: stopsOf(walkOfBatch(batch), spec, notation),
    }])),
  })));
}"""


def regression(outputs: int, inputs: int = 2) -> Json:
    """Four examples, no two numbers equal."""
    rows = range(4)
    return {
        "inputs": [[0.3 * row - 0.41 * column + 0.1 for column in range(inputs)] for row in rows],
        "targets": [[0.7 - 0.37 * row + 0.21 * column for column in range(outputs)] for row in rows],
        "task": "regression", "train_fraction": 1,
    }  # fmt: skip


def every_kind_of_line() -> Iterator[tuple[str, Json]]:
    """Specs that together have every line that the engine's registries can make."""
    small = {"data": regression(2), "layers": [{"units": 3}, {}], "batch_size": 2}
    data: dict[int, Json] = {0: regression(2), 2: {"name": "circle"}, 3: {"name": "blobs"}}
    for name, loss in LOSSES.items():
        outputs = ("linear",) if loss.reads_logits else ("linear", "tanh")
        for activation in outputs if loss.classes else ACTIVATIONS:
            layers = [{"units": 3, "activation": activation}, {"activation": activation}]
            yield (
                f"{name} {activation}",
                small
                | {
                    "data": data[loss.classes],
                    "loss": name,
                    "layers": layers,
                },
            )
    for name, optimizer in OPTIMIZERS.items():
        for penalty in PENALTIES:
            for clip_norm in (None,) if optimizer.full_batch else (None, 0.00001):
                yield (
                    f"{name} {penalty} {clip_norm}",
                    {
                        "data": regression(1),
                        "layers": [{"units": 1}],
                        "optimizer": {"name": name, "clip_norm": clip_norm},
                        "penalty": {"name": penalty, "rate": 0.01},
                        "batch_size": 2,
                    },
                )
    every = {"W": True, "b": True}
    some = {"W": [[True, False], [False] * 2, [True] * 2], "b": [False, True, False]}
    yield "frozen", small | {"frozen": [some, every]}
    yield "frozen and not plain", small | {"optimizer": {"name": "adam"}, "frozen": [some, {"b": True}]}
    yield "dropout", small | {"layers": [{"units": 3, "dropout": 0.5}, {}]}
    yield "standardized", small | {"data": regression(2) | {"standardize": True}}
    features = [f"x{place + 1}" for place in range(WIDE)]
    yield "wide", small | {"data": regression(1, WIDE), "features": features, "layers": [{"units": WIDE}, {}]}
    yield "long batch", small | {"data": {"name": "circle"}, "batch_size": LONG_BATCH}


@pytest.fixture(scope="module")
def networks() -> dict[str, Json]:
    """By name the spec of each network, its trace and that of a batch, as the service answers."""
    networks: dict[str, Json] = {}
    for name, spec in every_kind_of_line():
        setup = build_setup(spec, LIMITS)
        session = TrainingSession(name, setup, first_run(setup), LIMITS)
        train_steps(session.run, 2)
        answers = {
            "trace": get_trace(session, TraceQuery(1)),
            "batch": get_batch_trace(session, BatchTraceQuery()),
        }
        told = {key: json.loads(answer.body) for key, answer in answers.items()}
        networks[name] = {"spec": setup.spec.model_dump(), **told}
    return networks


@pytest.fixture(scope="module")
def on_page(browser: Browser, server: str, networks: dict[str, Json]) -> dict[str, Json]:
    """By name what the page's modules make of it: every stop with its board, and every symbol's TeX."""
    with browser.new_page(base_url=server) as page:
        page.goto("/static/icon.svg")
        found = json.loads(page.evaluate(STOPS, json.dumps([list(networks.values()), catalog(LIMITS)])))
    return dict(zip(networks, found, strict=True))


def by_key(*lines: Json) -> dict[str, Json]:
    """Lines by phase and symbol, as a stop names them; of two with one name the last."""
    return {f"{line['phase']} {line['symbol']}": line for line in lines}


def lines_of(network: Json, walk: str) -> dict[str, Json]:
    """What a walk goes through: an example's lines; of a batch what is not its own also of the first one."""
    first = network["batch"]["each"][0]["lines"] if walk == "batch" else []
    return by_key(*first, *network[walk]["lines"])


def test_a_walk_has_every_line_of_the_trace(networks: dict[str, Json], on_page: dict[str, Json]):
    for name, network in networks.items():
        for walk in ("trace", "batch"):
            for shown in ("slides", "matrices"):
                walked = [key for stop in on_page[name][shown][walk] for key in stop["lines"]]
                assert sorted(walked) == sorted(lines_of(network, walk)), name


@pytest.mark.parametrize(("walk", "wanted"), [("trace", board_of), ("batch", batch_board_of)])
def test_every_line_is_written_as_the_engine_writes_it(
    walk: str, wanted: BoardOf, networks: dict[str, Json], on_page: dict[str, Json]
):
    for name, network in networks.items():
        known = lines_of(network, walk)
        for stop in on_page[name]["slides"][walk]:
            lines = [known[key] for key in stop["lines"]]
            board = wanted(stop["kind"], lines, network[walk], network["spec"])
            assert board_on_page(stop["board"]) == board, name


@pytest.mark.parametrize(("walk", "wanted"), [("trace", board_of), ("batch", batch_board_of)])
def test_every_formula_with_matrices_comes_to_the_numbers_of_the_engines_lines(
    walk: str, wanted: BoardOf, networks: dict[str, Json], on_page: dict[str, Json]
):
    for name, network in networks.items():
        known, told = lines_of(network, walk), network[walk]
        if name == "long batch" and walk == "batch":
            continue
        formulas = MatrixFormulas(told.get("each", [told]), list(known.values()))
        for stop in on_page[name]["matrices"][walk]:
            lines, board = [known[key] for key in stop["lines"]], board_on_page(stop["board"])
            if stop["kind"] == "loss":
                assert board == wanted("loss", lines, told, network["spec"]), name
            else:
                formulas.check(stop["kind"], lines, board)


def test_every_symbol_has_the_engines_tex(on_page: dict[str, Json]):
    written = {symbol: tex for network in on_page.values() for symbol, tex in network["symbols"].items()}
    assert written == {symbol: notation.tex(symbol) for symbol in written}
