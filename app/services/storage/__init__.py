"""Storage: networks in SQLite, so that they outlive the processes that train them."""
