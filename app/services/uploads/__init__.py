"""Uploads: bodies that are not JSON, as CSV and NumPy's .npz."""
