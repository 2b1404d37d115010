"""Workers: the local back end, trainer processes on this machine and their supervision."""
