"""What a mail server says, as one line for people."""

MAX_REPLY = 300


def one_line(said: bytes | str) -> str:
    """Return what a server said as one line of printable characters; who sends it may be anybody."""
    text = said.decode("utf-8", errors="replace") if isinstance(said, bytes) else said
    shown = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * MAX_REPLY])
    return " ".join(shown.split())[:MAX_REPLY]
