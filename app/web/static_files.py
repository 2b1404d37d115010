"""Static files and rendered text: compressed on request, and cached while they are unchanged."""

from stat import S_ISREG
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from app.services.pages.assets import Assets, compress, gzipped, is_compressible
from app.services.pages.negotiation import parse_accept

ASSET_PREFIX = "kept"
MAX_COMPRESSED_BYTES = 200_000
"""A longer text is sent as it is: compressing it would delay all other requests."""
REVALIDATE = "no-cache"
FOR_GOOD = "public, max-age=31536000, immutable"


def cache_control(assets: Assets, version: str) -> str:
    """Return the Cache-Control of a file: forever under the current version, else checked each time."""
    return FOR_GOOD if version == assets.version else REVALIDATE


def takes_gzip(scope: Scope) -> bool:
    """Return whether the client accepts gzip."""
    accepted = parse_accept(Headers(scope=scope).get("accept-encoding", ""))
    return not {"gzip", "*"}.isdisjoint(accepted)


def text_response(request: Request, text: str | bytes, media: str) -> Response:
    """Return a rendered text, compressed if the client accepts that and the text is not too large."""
    content = text.encode() if isinstance(text, str) else text
    if len(content) > MAX_COMPRESSED_BYTES or not takes_gzip(request.scope):
        return Response(content, media_type=media, headers={"Vary": "Accept-Encoding"})
    headers = {"Vary": "Accept-Encoding", "Content-Encoding": "gzip"}
    return Response(compress(content), media_type=media, headers=headers)


def not_modified(request: Request, tag: str) -> bool:
    """Return whether the client has the content with this tag already."""
    return tag in (seen.strip() for seen in request.headers.get("if-none-match", "").split(","))


class Files(StaticFiles):
    """Folder of static files. Under its version a file is cached forever, without it a browser asks again."""

    def __init__(self, directory: Any, assets: Assets) -> None:
        super().__init__(directory=directory)
        self._assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            raise HTTPException(404)
        await super().__call__(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, or 304 if the client has it."""
        # Looking it up takes less time than starting a thread for that, as the base class does.
        try:
            full_path, found = self.lookup_path(path)
        except (OSError, ValueError) as error:  # a name that no file can have
            raise HTTPException(404) from error
        if found is None or not S_ISREG(found.st_mode) or scope["method"] not in ("GET", "HEAD"):
            return await super().get_response(path, scope)
        return self.file_response(full_path, found, scope)

    def file_response(
        self, full_path: Any, stat_result: Any, scope: Scope, status_code: int = 200
    ) -> Response:
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["Cache-Control"] = cache_control(
            self._assets, scope.get("path_params", {}).get("version", "")
        )
        answer.headers["Vary"] = "Accept-Encoding"
        small = is_compressible(answer.media_type, stat_result.st_size) and takes_gzip(scope)
        if not small or not isinstance(answer, FileResponse):
            return answer
        headers = dict(answer.headers) | {"Content-Encoding": "gzip", "ETag": f"W/{answer.headers['etag']}"}
        for name in ("content-length", "content-type", "etag", "accept-ranges", "last-modified"):
            headers.pop(name, None)
        content = gzipped(str(full_path), stat_result.st_mtime_ns)
        return Response(content, status_code, headers, answer.media_type)
