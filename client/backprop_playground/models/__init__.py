"""Response models: dataclasses with the names and fields of the OpenAPI components.

Matrices and rows of numbers are NumPy arrays. JSON has null for a number that is not finite: such a
number is NaN in an array and None in a field.
"""
