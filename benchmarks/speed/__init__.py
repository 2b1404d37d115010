"""Speed of the engine: workloads, timing, and ratios against the peers in the same run."""
