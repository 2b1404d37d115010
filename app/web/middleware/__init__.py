"""What every request passes on its way in, and every answer on its way out. Plain ASGI, outermost first:

`addresses` (prefix and host as the client sees them), `accounts` (what was asked, and how long it took),
`headers` (what browsers may do with an answer), `faults` (a bug is a problem too), `origins` (other sites'
pages may not command), `bodies` (how much may be sent).
"""
