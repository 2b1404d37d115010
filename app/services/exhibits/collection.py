"""Collection of exhibits: the lecture's pages in order, a lecturer's own after them, by language."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from app.domain.exceptions import FieldError, InvalidRequest, UnknownExhibit
from app.schemas.spec import Spec
from app.services.exhibits.parser import ExhibitError, ExhibitFile, read_exhibit
from app.services.exhibits.shape_checks import fits_a_worksheet
from app.settings import Limits

FALLBACK = "en"
Told = dict[str, Any]


class Exhibits:
    """All exhibits. A folder holds a folder per language; files beside those are English.

    own: a lecturer's folder, whose networks must respect `limits`. A file there that cannot be read becomes a
    page after all others that shows the error. `faults` has the errors with whole paths.
    Raises ExhibitError for one in `folder`, and for no folder.
    """

    def __init__(self, folder: Path, own: Path | None = None, limits: Limits | None = None) -> None:
        self._pages: dict[str, dict[str, ExhibitFile]] = {}
        self.faults: list[ExhibitError] = []
        self._read_folder(folder)
        if own:
            self._read_folder(own, self.faults.append, limits)
            for number, error in enumerate(self.faults, start=1):
                page = ExhibitFile.broken(error, own, number)
                self._pages[page.header.id] = {FALLBACK: page}

    def _read_folder(
        self,
        folder: Path,
        refuse: Callable[[ExhibitError], None] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Read the files in the order of their names. One with a known id replaces the page before."""
        if not folder.is_dir():
            raise ExhibitError(folder, 0, "this folder does not exist; correct the setting EXHIBITS")
        seen: dict[tuple[str, str], Path] = {}
        for language, path in _files(folder):
            try:
                page = read_exhibit(path, limits)
                name = page.header.id
                if (name, language) in seen:
                    raise ExhibitError(path, 2, f"the id {name!r} is taken by {seen[name, language].name}")
            except ExhibitError as error:
                if refuse is None:
                    raise
                refuse(error)
                continue
            seen[name, language] = path
            self._pages.setdefault(name, {})[language] = page

    def summaries(self, language: str) -> list[Told]:
        """Return number, id, title and worksheet (whether there is one) of each, in the lecture's order."""
        return [self._summary(name, language) for name in self._pages]

    def to_dict(self, name: str, language: str) -> Told:
        """Return all fields of an exhibit. Raises UnknownExhibit."""
        page = self._page(name, language)
        header = page.header.model_dump(exclude_unset=True)
        full = page.header.model_dump()
        return {
            **self._summary(name, language),
            **{key: full[key] for key in _AS_WRITTEN},
            "prose": list(page.prose),
            "formulas": list(page.formulas),
            "network": header.get("network"),
            "beside": header.get("beside", {}),
            "facts": header.get("facts", []),
            "fault": page.fault,
        }

    def spec(self, name: str, network: str | None) -> Spec:
        """Return the spec of an exhibit's network, or of one of those beside it.

        Raises UnknownExhibit, InvalidRequest.
        """
        header = self._page(name, FALLBACK).header
        if network is not None:
            if network not in header.beside:
                names = ", ".join(map(repr, header.beside)) or "none"
                message = f"this exhibit has no network {network[:60]!r}; use one of these: {names}"
                raise InvalidRequest.of(FieldError("network", message))
            return header.beside[network]
        if header.network is None:
            raise InvalidRequest.of(
                FieldError(
                    "network", f"the exhibit {name} has no network; it has only {', '.join(header.parts)}"
                )
            )
        return header.network

    def _page(self, name: str, language: str) -> ExhibitFile:
        pages = self._pages.get(name)
        if pages is None:
            raise UnknownExhibit.of(name, self._pages)
        return pages.get(language) or pages.get(FALLBACK) or next(iter(pages.values()))

    def _summary(self, name: str, language: str) -> Told:
        page = self._page(name, language)
        spoken = next(tongue for tongue, other in self._pages[name].items() if other is page)
        number = list(self._pages).index(name) + 1
        network = page.header.network
        works = network is not None and fits_a_worksheet(network)
        return {
            "number": number, "id": name, "title": page.header.title, "language": spoken, "worksheet": works,
        }  # fmt: skip


_AS_WRITTEN = (
    "parts", "play", "example", "expressions", "values", "rounds", "walk", "names", "compose", "seeds",
)  # fmt: skip


def _files(folder: Path) -> Iterable[tuple[str, Path]]:
    """Yield language and path of every exhibit in a folder. English is first, because it gives the order."""
    for path in sorted(folder.glob("*.md")):
        yield FALLBACK, path
    for tongue in sorted(folder.glob("*/"), key=lambda found: (found.name != FALLBACK, found.name)):
        for path in sorted(tongue.glob("*.md")):
            yield tongue.name, path
