"""Hostile clients: floods of requests, connections and messages beside a user who must not notice them."""
