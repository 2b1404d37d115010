"""Every benchmark there is."""

from benchmarks import engine

engine.main()
