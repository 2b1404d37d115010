"""Pages: assets, language and generated reference for what HTML pages need."""
