"""The `communique` command and `python -m pipeline`: the one place where errors become exit codes."""

import gc
import os
import sys

from pipeline.errors import CommuniqueError


def main() -> None:
    """Run the command line; exits 0 done, 1 gate or findings, 2 wrong use or bad input, 3 outside unreachable."""
    import click

    from pipeline.cli.app import cli

    try:
        sys.exit(cli.main(standalone_mode=False))
    except CommuniqueError as error:
        click.echo(f"communique: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("communique: stopped; everything finished before is kept", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has closed it (`communique status | head`): no error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    finally:
        # The process ends: searching all that the libraries made for garbage once more would only take time.
        gc.freeze()


if __name__ == "__main__":
    main()
