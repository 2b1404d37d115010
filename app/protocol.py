"""HTTP as uvicorn speaks it, but for what it says to a request that is none: that is a problem too."""

import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.errors import MALFORMED_REQUEST, MEDIA_TYPE
from app.middleware.headers import HEADERS


class Protocol(H11Protocol):
    """As its base, with a problem document for what cannot be read: msg never says more."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        body = json.dumps(MALFORMED_REQUEST).encode()
        headers = {
            **HEADERS,
            "Content-Type": MEDIA_TYPE,
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        for event in (
            h11.Response(status_code=400, headers=list(headers.items()), reason=b"Bad Request"),
            h11.Data(data=body),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
