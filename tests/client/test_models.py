"""The client's dataclasses have the names, fields and types of the service's response models."""

import inspect
from dataclasses import fields, is_dataclass
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import pytest
from pydantic import BaseModel

from app.schemas import batches, checks, csv_preview, exhibits, problems, quiz, responses, spec, statistics
from backprop_playground import exceptions
from backprop_playground.decoding import COLLECTS_REMAINING
from backprop_playground.models import inspection, network, service
from backprop_playground.models import quiz as quiz_models
from backprop_playground.models import spec as spec_models


def classes(*modules: Any) -> dict[str, type]:
    """Return every class that one of these modules defines, by its name."""
    return {
        name: kind
        for module in modules
        for name, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
    }


SCHEMAS = classes(batches, checks, csv_preview, exhibits, problems, quiz, responses, spec, statistics)
DATACLASSES = {
    name: kind
    for name, kind in classes(exceptions, inspection, network, quiz_models, service, spec_models).items()
    if is_dataclass(kind)
}


def leaves(hint: Any) -> set[str]:
    """Return the names in a type hint. Lists and tuples count as lists."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return set(args)
    own = {"list"} if origin in (list, tuple) else {"dict"} if origin is dict else set()
    if not args:
        return {getattr(hint, "__name__", str(hint))}
    return own.union(*(leaves(each) for each in args))


def differs(ours: Any, theirs: Any) -> bool:
    """Return whether a field of the client cannot hold the values of the service's field."""
    if get_origin(ours) is Annotated:  # an array
        return get_origin(theirs) is not list
    return leaves(ours) != leaves(theirs)


def test_a_missing_null_and_another_word_are_differences():
    assert leaves(float | None) == {"float", NoneType.__name__}
    assert differs(float, float | None)
    assert differs(Literal["a"], Literal["a", "b"])
    assert not differs(tuple[float, float], list[float])


@pytest.mark.parametrize("name", DATACLASSES)
def test_a_dataclass_has_the_fields_and_types_of_the_service(name):
    schema: Any = SCHEMAS[name]
    assert issubclass(schema, BaseModel)
    ours = get_type_hints(DATACLASSES[name], include_extras=True)
    theirs = {field: get_type_hints(schema)[field] for field in schema.model_fields}
    collecting = {each.name for each in fields(DATACLASSES[name]) if COLLECTS_REMAINING in each.metadata}
    assert bool(collecting) == (schema.model_config.get("extra") == "allow")
    assert set(ours) - collecting == set(theirs)
    assert not [field for field, hint in theirs.items() if differs(ours[field], hint)]
