"""The back end of today: trainer processes on this machine, each with a keeper, over sockets.

Whatever else speaks of networks knows `seam.Backend` only; `app.main` alone chooses this one.
"""
