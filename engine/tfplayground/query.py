"""Query of a TensorFlow Playground link: `name=value` pairs behind the #, joined by &.

They are read as the page reads them: an empty value is no value, an unknown name of a choice is
passed over, everything but `false` turns a switch on. Where the page would go on with a value that
makes no sense, as with a learning rate that is no number, ours goes on with the page's default and
says so.
"""

import re
from math import inf, isfinite
from urllib.parse import unquote

MAX_LENGTH = 2_000
"""Characters in a link."""

NAMES = {
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate",
    "regularizationRate", "noise", "networkShape", "seed", "showTestData", "discretize",
    "percTrainData", "x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY",
    "sinY", "collectStats", "tutorial", "problem", "initZero", "hideText",
}  # fmt: skip
"""Every key the page knows, but for those that end in _hide."""

IDLE = {"cosX", "cosY", "collectStats", "tutorial", "hideText"}
"""Those of them that change nothing about the network."""

HIDE = "_hide"

SHOWN = 60
"""Characters of a value that a message shows."""

DECIMAL = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")


class LinkQuery:
    """The pairs of a link. notes gathers a sentence for each that could not be taken as it is.

    hidden: the names of what the link hides. Raises ValueError for a text that is no such link.
    """

    def __init__(self, link: str) -> None:
        if len(link) > MAX_LENGTH:
            raise ValueError(
                f"a TensorFlow Playground link has at most {MAX_LENGTH:,} characters, got {len(link):,}"
            )
        self.notes: list[str] = []
        self._values = _pairs(link)
        self.hidden = {
            name.removesuffix(HIDE)
            for name, value in self._values.items()
            if name.endswith(HIDE) and value == "true"
        }

    @property
    def idle(self) -> list[str]:
        """The names that say something, but nothing about the network."""
        ours = NAMES - IDLE
        return [
            name
            for name, value in self._values.items()
            if name not in ours and not name.endswith(HIDE) and value.strip() not in ("", "false")
        ]

    def text(self, name: str) -> str | None:
        """Return the value as it stands; None where there is none."""
        value = self._values.get(name, "")
        return value if value.strip() else None

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """Return one of the known values, the first of which is the default."""
        value = self.text(name)
        if value is None or value in known:
            return value or known[0]
        self._note(name, value, "is none of " + ", ".join(known), known[0])
        return known[0]

    def flag(self, name: str, default: bool) -> bool:
        """Return whether a switch is on: everything but `false` turns it on."""
        value = self.text(name)
        return default if value is None else value != "false"

    def number(
        self, name: str, default: float, lowest: float = -inf, highest: float = inf, whole: bool = False
    ) -> float:
        """Return a finite number within its limits, ends included."""
        value = self.text(name)
        if value is None:
            return default
        number = _number(value)
        if number is None or not lowest <= number <= highest or (whole and number % 1):
            self._note(name, value, "cannot be used", f"{default:g}")
            return default
        return number

    def sizes(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """Whole numbers of at least 1, joined by commas; an empty value is none of them."""
        value = self._values.get(name)
        if value is None:
            return default
        if not value.strip():
            return ()
        numbers = [_number(size) for size in value.split(",")]
        sizes = tuple(
            int(number) for number in numbers if number is not None and number >= 1 and not number % 1
        )
        if len(sizes) < len(numbers):
            self._note(name, value, "is not a list of sizes", ",".join(map(str, default)))
            return default
        return sizes

    def _note(self, name: str, value: str, fault: str, used: str) -> None:
        self.notes.append(f"{name}={value[:SHOWN]} {fault}; {used} is used.")


def _pairs(link: str) -> dict[str, str]:
    """Return what stands behind the #, or the whole text if it is no address, cut into its pairs.

    The page draws from its seed as it stands in the address, so a %20 in it stays one, unless all
    of the text was escaped on its way.
    """
    _, sign, behind = link.partition("#")
    text = (behind if sign or "://" in link else link).strip()
    if "=" not in text:
        text = unquote(text).strip()
    parts = (pair.split("=") for pair in text.split("&") if "=" in pair)
    pairs = {name: value if name == "seed" else unquote(value) for name, value, *_ in parts}
    if text and not any(name in NAMES or name.endswith(HIDE) for name in pairs):
        raise ValueError(f"a TensorFlow Playground link has settings after its #, found {text[:SHOWN]!r}")
    return pairs


def _number(text: str) -> float | None:
    """Return a finite decimal number; None for anything else."""
    number = float(text) if DECIMAL.fullmatch(text) else inf
    return number if isfinite(number) else None
