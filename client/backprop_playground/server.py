"""Server: its address, and the headers and certificates with which a client connects."""

from collections.abc import Mapping
from ssl import SSLContext

import httpx

API_PATH = "/api/v1"
SOCKET_SCHEMES = {"http": "ws", "https": "wss"}


class Server:
    """Server of a client. api: the address of the REST interface. Raises ValueError for another scheme.

    address: as in a browser, with or without http:// and /api/v1. verify: as of httpx, False for no check
    of certificates.
    """

    def __init__(self, address: str, headers: Mapping[str, str] | None, verify: SSLContext | bool) -> None:
        full = address if "://" in address else f"http://{address}"
        self.api = httpx.URL(full.rstrip("/").removesuffix(API_PATH) + API_PATH + "/")
        if self.api.scheme not in SOCKET_SCHEMES or not self.api.host:
            raise ValueError(f"{address!r} is no address of a server: give one such as http://127.0.0.1:8000")
        self.headers = dict(headers or {})
        self.ssl = verify if isinstance(verify, SSLContext) else httpx.create_ssl_context(verify=verify)

    def live_address(self, id: str, frames_per_second: float | None) -> str:
        """Return the address of a network's live socket."""
        address = self.api.copy_with(scheme=SOCKET_SCHEMES[self.api.scheme]).join(f"networks/{id}/live")
        query = {} if frames_per_second is None else {"frames_per_second": frames_per_second}
        return str(address.copy_merge_params(query))

    def socket_ssl(self) -> SSLContext | None:
        """Return the certificates for a live socket; None for one without TLS, which takes none."""
        return self.ssl if self.api.scheme == "https" else None
