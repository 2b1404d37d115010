"""The playground's service: networks that train, over REST and a live socket."""
