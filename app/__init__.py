"""The playground's service: networks that train in processes of their own, reached over REST and a live socket."""
