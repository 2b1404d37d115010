"""Entry point of `python -m benchmarks`: all comparisons of the engine."""

from benchmarks import engine

engine.main()
