"""Compiled plans: the formulas of a training step, recorded once and replayed on preallocated memory.

This file imports nothing, so that `blas` can set environment variables before NumPy is loaded.
"""
