"""Compiled plans: the formulas of a training step, recorded once and replayed on preallocated memory.

This file imports nothing, so that a process can read `blas` and set its variables before NumPy loads.
"""
