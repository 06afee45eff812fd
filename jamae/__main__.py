"""`python -m jamae` is `jamae`."""

from jamae.cli import main

if __name__ == "__main__":
    main()
