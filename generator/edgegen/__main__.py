"""`python -m edgegen`: the same as the `edgegen` command."""

from edgegen.cli import main

if __name__ == "__main__":
    main()
