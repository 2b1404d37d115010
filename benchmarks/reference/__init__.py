"""Reference numbers: PyTorch computes what the tests of the engine compare."""
