"""TensorFlow Playground links: reading one, and reproducing the numbers that the program behind it draws."""
