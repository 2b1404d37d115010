"""Query of a TensorFlow Playground link: `name=value` pairs after the #, joined by &.

The rules are those of TensorFlow Playground:

- An empty value counts as missing.
- An unknown name in a choice is ignored.
- Every value but `false` turns a switch on.

An invalid value, such as a learning rate that is no number, gives the default and a note. There
TensorFlow Playground would continue with the invalid value.
"""

import re
from math import inf, isfinite
from urllib.parse import unquote

MAX_LENGTH = 2_000
"""Maximum number of characters in a link."""

NAMES = {
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate",
    "regularizationRate", "noise", "networkShape", "seed", "showTestData", "discretize",
    "percTrainData", "x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY",
    "sinY", "collectStats", "tutorial", "problem", "initZero", "hideText",
}  # fmt: skip
"""All keys of TensorFlow Playground, except those that end in _hide."""

IDLE = {"cosX", "cosY", "collectStats", "tutorial", "hideText"}
"""Keys without an effect on the network."""

HIDE = "_hide"

MAX_SHOWN_LENGTH = 60
"""Maximum number of characters of a value in a message."""

DECIMAL = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*")


class LinkQuery:
    """Key-value pairs of a link. notes: a sentence for each value that cannot be used unchanged.

    hidden: the names that the link hides. Raises ValueError for a text that is no such link.
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
        """The names that are set but have no effect on the network."""
        effective = NAMES - IDLE
        return [
            name
            for name, value in self._values.items()
            if name not in effective and not name.endswith(HIDE) and value.strip() not in ("", "false")
        ]

    def text(self, name: str) -> str | None:
        """Return the value unchanged; None where it is missing or empty."""
        value = self._values.get(name, "")
        return value if value.strip() else None

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        """Return one of the choices; the first is the default."""
        value = self.text(name)
        if value is None or value in choices:
            return value or choices[0]
        self._note(name, value, "is none of " + ", ".join(choices), choices[0])
        return choices[0]

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
        """Return whole numbers of at least 1, separated by commas; an empty value gives no numbers."""
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
        self.notes.append(f"{name}={value[:MAX_SHOWN_LENGTH]} {fault}; {used} is used.")


def _pairs(link: str) -> dict[str, str]:
    """Return the pairs after the #, or of the whole text if it is no address."""
    _, sign, fragment = link.partition("#")
    text = (fragment if sign or "://" in link else link).strip()
    if "=" not in text:  # the whole link was escaped, for example by a mail program
        text = unquote(text).strip()
    # TensorFlow Playground keys its random stream with the escaped seed, so a %20 in it must remain.
    parts = (pair.split("=") for pair in text.split("&") if "=" in pair)
    pairs = {name: value if name == "seed" else unquote(value) for name, value, *_ in parts}
    if text and not any(name in NAMES or name.endswith(HIDE) for name in pairs):
        shown = text[:MAX_SHOWN_LENGTH]
        raise ValueError(f"a TensorFlow Playground link has settings after its #, found {shown!r}")
    return pairs


def _number(text: str) -> float | None:
    """Return a finite decimal number; None for anything else."""
    number = float(text) if DECIMAL.fullmatch(text) else inf
    return number if isfinite(number) else None
