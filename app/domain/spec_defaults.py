"""Spec defaults: filling in missing fields from the data, and refusing conflicting ones."""

import itertools
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Protocol

from app.domain.dataset_info import DatasetInfo
from app.domain.exceptions import Bounds, FieldError, InvalidRequest
from app.schemas.spec import (
    OWN_DATA,
    ChoiceSpec,
    DataSpec,
    LayerSpec,
    OptimizerSpec,
    PenaltySpec,
    ResolvedChoice,
    ResolvedData,
    ResolvedLayer,
    ResolvedOptimizer,
    ResolvedPenalty,
    ResolvedSpec,
    Spec,
)
from app.settings import Limits
from engine.data.features import input_names, parse_features
from engine.hyperparameters import HyperParameter, check, defaults
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES


class RegistryEntry(Protocol):
    """The part of a registry entry that its hyperparameters are resolved from."""

    @property
    def ranges(self) -> Mapping[str, HyperParameter]: ...


def resolve_choice(
    choice: ChoiceSpec | None, registry: Mapping[str, RegistryEntry], default: str, field: str
) -> ResolvedChoice:
    """Return the chosen entry, or the default one, with all of its hyperparameters.

    Raises InvalidRequest for an unknown hyperparameter, or a value out of range.
    """
    name = getattr(choice, "name", None) or default
    given = dict(choice.__pydantic_extra__ or {}) if choice else {}
    # The registry knows the hyperparameters of its entry only, and a choice may have more fields.
    fields = [key for key in type(choice).model_fields if key != "name"] if choice else []
    ranges = registry[name].ranges
    for parameter, value in given.items():
        try:
            if parameter not in ranges:
                names = ", ".join([*fields, *ranges]) or "none"
                raise ValueError(f"{name} has no parameter {parameter!r}; its parameters: {names}")
            check(name, ranges, {parameter: value})
        except ValueError as error:
            bounds = _bounds(value, ranges[parameter]) if parameter in ranges else None
            raise InvalidRequest.of(
                FieldError(f"{field}.{parameter[:60]}", str(error)[:400], bounds)
            ) from error
    return ResolvedChoice(name=name, **{**defaults(ranges), **given})


def _bounds(given: float, allowed: HyperParameter) -> Bounds:
    lowest, highest, below = (
        limit if isfinite(limit) else None for limit in (allowed.lowest, allowed.highest, allowed.below)
    )
    return Bounds(given, minimum=lowest, maximum=highest, exclusive_maximum=below)


DEFAULT_SEED = 7
DEFAULT_HIDDEN = (4, 2)


def resolve_spec(spec: Spec, source: DatasetInfo, limits: Limits) -> ResolvedSpec:
    """Return the spec with every field filled in, except `frozen`. Raises InvalidRequest.

    The trainer resolves `frozen`, because its form follows the shapes of the parameters.
    """
    seed = DEFAULT_SEED if spec.seed is None else spec.seed
    features = _features(spec.features, source, limits)
    layers = _layers(spec, source)
    loss = spec.loss or _default_loss(source, layers[-1].activation)
    full = ResolvedSpec(
        seed=seed,
        dtype=spec.dtype or "float64",
        data=_data(spec.data or DataSpec(), source, seed, limits),
        features=features,
        layers=layers,
        initializer=resolve_choice(spec.initializer, INITIALIZERS, "uniform", "initializer"),
        loss=loss,
        optimizer=_optimizer(spec.optimizer or OptimizerSpec()),
        penalty=_penalty(spec.penalty or PenaltySpec()),
        batch_size=spec.batch_size or source.batch_size,
        shuffle=True if spec.shuffle is None else spec.shuffle,
    )
    errors = (*_too_large(full, source, limits), *_conflicts(full, source))
    if errors:
        raise InvalidRequest.of(*errors)
    return full


def _data(data: DataSpec, source: DatasetInfo, seed: int, limits: Limits) -> ResolvedData:
    own = source.name == OWN_DATA
    return ResolvedData(
        name=source.name,
        examples=source.examples if own else data.examples or min(source.examples, limits.rows),
        noise=None if own else data.noise or 0.0,
        train_fraction=source.train_fraction if data.train_fraction is None else data.train_fraction,
        seed=seed if data.seed is None else data.seed,
        standardize=bool(data.standardize),
        task=source.task,
        class_names=source.class_names,
    )


def _features(given: list[str] | None, source: DatasetInfo, limits: Limits) -> list[str]:
    formulas = list(input_names(source.inputs)) if given is None else given
    letters = sum(map(len, formulas))
    if len(formulas) > limits.features:
        message = f"{len(formulas)} features were given, but at most {limits.features} are allowed"
        raise InvalidRequest.of(FieldError("features", message))
    if letters > limits.letters:
        message = (
            f"all formulas together have {letters:,} characters, but at most {limits.letters:,} are allowed"
        )
        raise InvalidRequest.of(FieldError("features", message))
    errors = []
    for index, formula in enumerate(formulas):
        try:
            parse_features([formula], source.inputs)
        except ValueError as error:
            errors.append(FieldError(f"features.{index}", str(error)))
    if errors:
        raise InvalidRequest.of(*errors)
    return formulas


def _layers(spec: Spec, source: DatasetInfo) -> list[ResolvedLayer]:
    given = spec.layers
    if given is None:
        given = [*(LayerSpec(units=units) for units in DEFAULT_HIDDEN), LayerSpec()]
    last, layers = len(given) - 1, []
    for index, layer in enumerate(given):
        units = layer.units or (source.outputs if index == last else None)
        if units is None:
            raise InvalidRequest.of(
                FieldError(
                    f"layers.{index}.units", "units is required here; only the last layer may leave it out"
                )
            )
        default = _default_output(spec, source) if index == last else "tanh"
        layers.append(
            ResolvedLayer(units=units, activation=layer.activation or default, dropout=layer.dropout or 0.0)
        )
    return layers


def _default_output(spec: Spec, source: DatasetInfo) -> str:
    logits = spec.loss is not None and LOSSES[spec.loss].reads_logits
    return "linear" if logits or source.classes != 2 else "tanh"


def _default_loss(source: DatasetInfo, output: str) -> str:
    return "cross_entropy" if source.classes > 2 and output == "linear" else "half_squared_error"


def _optimizer(given: OptimizerSpec) -> ResolvedOptimizer:
    chosen = resolve_choice(given, OPTIMIZERS, "sgd", "optimizer")
    rate = OPTIMIZERS[chosen.name].learning_rate if given.learning_rate is None else given.learning_rate
    schedule = resolve_choice(given.schedule, SCHEDULES, "constant", "optimizer.schedule")
    return ResolvedOptimizer(
        **chosen.model_dump(), learning_rate=rate, schedule=schedule, clip_norm=given.clip_norm
    )


def _penalty(given: PenaltySpec) -> ResolvedPenalty:
    return ResolvedPenalty(name=given.name or "none", rate=given.rate or 0.0)


def _too_large(spec: ResolvedSpec, source: DatasetInfo, limits: Limits) -> Iterable[FieldError]:
    widths = [len(spec.features), *(layer.units for layer in spec.layers)]
    total = sum((inputs + 1) * units for inputs, units in itertools.pairwise(widths))
    if len(spec.layers) > limits.layers:
        yield FieldError(
            "layers", f"{len(spec.layers)} layers were given, but at most {limits.layers} are allowed"
        )
    for index, layer in enumerate(spec.layers):
        if layer.units > limits.units:
            bounds = Bounds(layer.units, maximum=limits.units)
            message = f"{layer.units} units were given, but at most {limits.units} are allowed"
            yield FieldError(f"layers.{index}.units", message, bounds)
    if total > limits.parameters:
        yield FieldError(
            "layers", f"the network has {total:,} parameters, but at most {limits.parameters:,} are allowed"
        )
    if spec.data.examples > limits.rows:
        bounds = Bounds(spec.data.examples, maximum=limits.rows)
        message = f"{spec.data.examples:,} examples were given, but at most {limits.rows:,} are allowed"
        yield FieldError("data.examples", message, bounds)
    if source.inputs > limits.inputs:
        yield FieldError(
            "data.inputs", f"the data have {source.inputs} inputs, but at most {limits.inputs} are allowed"
        )
    if spec.layers[-1].units > limits.outputs:
        yield FieldError(
            "layers",
            f"the network has {spec.layers[-1].units} outputs, but at most {limits.outputs} are allowed",
        )


def _conflicts(spec: ResolvedSpec, source: DatasetInfo) -> Iterable[FieldError]:
    """Yield the fields that are valid by themselves but conflict with other fields."""
    last = len(spec.layers) - 1
    output, field = spec.layers[last], f"layers.{last}"
    if output.units != source.outputs:
        task = f"{source.classes} classes" if source.classes else "regression"
        needed = f"{source.outputs} output unit{'s' if source.outputs > 1 else ''}"
        yield FieldError(
            f"{field}.units", f"{output.units} units were given, but {source.name} ({task}) needs {needed}"
        )
    if output.dropout:
        yield FieldError(
            f"{field}.dropout", f"{output.dropout} was given, but the output layer has no dropout; send 0"
        )
    loss = LOSSES[spec.loss]
    if loss.reads_logits and output.activation != "linear":
        yield FieldError(
            f"{field}.activation",
            f"{output.activation} was given, but {spec.loss} reads z; the output layer must be linear",
        )
    if spec.loss == "hinge" and output.activation == "sigmoid":
        yield FieldError(
            f"{field}.activation",
            "sigmoid was given, whose targets are 0 and 1, but hinge needs -1 and 1; use linear or tanh",
        )
    if loss.classes > 2 and source.classes < loss.classes:
        yield FieldError(
            "loss", f"{spec.loss} needs three or more classes, but {source.name} has {source.classes}"
        )
    elif source.classes < loss.classes:
        yield FieldError("loss", f"{spec.loss} needs classes, but {source.name} is a data set for regression")
    if OPTIMIZERS[spec.optimizer.name].full_batch:
        if any(layer.dropout for layer in spec.layers):
            yield FieldError(
                "optimizer.name", f"{spec.optimizer.name} does not work with dropout; use only one of the two"
            )
        if spec.optimizer.clip_norm is not None:
            yield FieldError(
                "optimizer.clip_norm", f"{spec.optimizer.name} does not work with clipping; leave this out"
            )
