"""The addresses, a file for each noun. A route is a sentence; what it says is done in `app.services`."""
