"""TensorFlow Playground links: their reader, and the random stream of that program."""
