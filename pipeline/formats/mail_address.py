"""Mail addresses as they are written to and as they are compared; nobody is asked over the network."""

from pipeline.errors import FormatError


def mail_address(text: str) -> str:
    """Return an address as it is written to: its domain in small letters, and in ASCII (IDNA 2008).

    What stands before the @ keeps its case: it belongs to the server there (RFC 5321, section 2.4).

    Raises:
        ValueError: it is no address that any mail server takes; the message says why.
    """
    from email_validator import EmailNotValidError, validate_email

    local = text.rpartition("@")[0]
    if not local.isascii():
        letters = "".join(sorted({letter for letter in local if not letter.isascii()}))
        raise ValueError(
            f"has “{letters}” before the @, which most mail servers refuse; ask for an address without"
        )
    try:
        found = validate_email(text, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError as error:
        raise ValueError(f"is no mail address: {str(error).rstrip('.')}; correct it") from None
    return f"{found.ascii_local_part}@{found.ascii_domain}"


def address_key(text: str) -> str:
    """Return by what an address is known: two that differ only in the case of their letters are the same.

    Raises:
        FormatError: it is no address.
    """
    try:
        return mail_address(text.strip()).lower()
    except ValueError as error:
        raise FormatError(f"“{text}” {error}") from None
