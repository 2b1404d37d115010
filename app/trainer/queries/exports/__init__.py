"""Exports: a trained network as a file that works without the playground.

`files` has one function for each format; `sources` fills the templates in templates/exports from
the engine's registries, with `formulas` (features) and `functions` (activations) in Python.
"""
