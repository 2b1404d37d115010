"""Routes, one file per noun. A route reads its request and calls `app.services`, which do the work."""
