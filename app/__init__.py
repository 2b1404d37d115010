"""The playground's service: networks that train, over REST and a live socket."""

# The only place: the package, --version, /healthz, OpenAPI, and the page read it from here.
__version__ = "0.1.0"
