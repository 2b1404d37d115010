"""Exhibits: the lecture's Markdown files, parsed and checked."""
