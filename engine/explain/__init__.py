"""Explanations of a network: traces, layer statistics, quiz questions, source code."""
