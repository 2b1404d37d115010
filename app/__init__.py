"""Service of the playground: training networks over REST and a live socket."""

# The single source: the package, --version, /healthz, OpenAPI and the page read the version from here.
__version__ = "0.1.0"
