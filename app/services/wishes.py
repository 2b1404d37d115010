"""What a client wishes for: the values of an Accept header, or of one like it."""


def ranked(header: str) -> list[str]:
    """The values in lower case, the best liked first; those with q=0 are not wished for."""
    ranks: list[tuple[float, str]] = []
    for part in header.split(","):
        value, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((piece for piece in parameters if piece.startswith("q=")), "q=1")
        try:
            rank = float(quality.removeprefix("q="))
        except ValueError:
            continue
        if rank > 0:
            ranks.append((rank, value))
    return [value for _, value in sorted(ranks, key=lambda entry: -entry[0])]
