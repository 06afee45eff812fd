"""`jamae` as a process that calls a source large when it makes more than 100 claims.

Run by `python -m tests.bulk_process`. All else is as in the product, so that a test can
watch a load in batches without writing 100,000 claims.
"""

import importlib

WHOLE = 100
BATCH = 20
MODULES = (
    "graph.store",
    "graph.batches",
    "ingest.exported",
    "ingest.spans",
    "ingest.records",
    "ingest.plan",
)


def main() -> None:
    """Run the command line."""
    for name in MODULES:
        module = importlib.import_module(name)
        for constant, value in (("WHOLE", WHOLE), ("BATCH", BATCH)):
            if hasattr(module, constant):
                setattr(module, constant, value)
    from jamae import cli

    cli.main()


if __name__ == "__main__":
    main()
