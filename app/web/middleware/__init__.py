"""ASGI middleware, outermost first.

- `cookie_filter` lets in the one cookie that is read.
- `proxy_headers` sets prefix and host as the client sees them.
- `access_log` counts, times and logs requests.
- `head` answers HEAD as GET.
- `security_headers` tells browsers what they may do with an answer.
- `server_errors` turns a bug into a problem document.
- `same_origin` refuses commands from other sites' pages.
- `body_limit` limits size, time and number of bodies.
"""
