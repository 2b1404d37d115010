"""Load on the service: virtual users in several scenarios, and what they measure."""
