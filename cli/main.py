"""The ``ordermill`` command: what it can do, and how it ends.

Exit status, the highest wins: 0 accepted, changed or duplicate; 1 something held, rejected or quarantined, or work
still owed; 2 no order could be read; 3 a fault of ours or of the home; 64 wrong usage (``pipelines.exit_status``).
Every command imports its work only when it runs.
"""

import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, cast

import typer

_INTERRUPTED = 130
"""As shells have it for a program that Ctrl-C ended."""

app = typer.Typer(
    name="ordermill",
    help="The receiving dock for a seller's purchase orders: EDIFACT, CSV and Excel in, checked orders out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
partners = typer.Typer(help="Partner files.", no_args_is_help=True)
data = typer.Typer(help="Reference data: items, customers, assortments, prices, delivery places.", no_args_is_help=True)
db = typer.Typer(help="The order store.", no_args_is_help=True)
app.add_typer(partners, name="partners")
app.add_typer(data, name="data")
app.add_typer(db, name="db")

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="The home folder; else ORDERMILL_HOME.", envvar="ORDERMILL_HOME"),
]
CustomerOption = Annotated[
    str | None, typer.Option("--customer", metavar="ID", help="Whose file it is, where the file does not say.")
]
DayOption = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", metavar="DATE", formats=["%Y-%m-%d"], help="The day to check for, like 2026-11-16; else today."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many, the newest first.")]


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An order file, of any kind.")],
    customer: CustomerOption = None,
    as_of: DayOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read, map, check and decide one file, and write nothing. Without a home, the sample seller is used."""
    from cli.check import check_one

    raise typer.Exit(check_one(file, customer, as_of.date() if as_of else None, home, as_json))


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Order files, or folders of them.")],
    customer: CustomerOption = None,
    as_of: DayOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take files into the store, the ERP and the replies, without a Prefect server."""
    from cli.ingest import ingest_all

    raise typer.Exit(ingest_all(paths, customer, as_of.date() if as_of else None, home, as_json))


@app.command()
def template(
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help="The account whose assortment it shows.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write it, as xlsx.")],
    as_of: DayOption = None,
    valid_days: Annotated[int, typer.Option("--valid-days", min=1, max=366, help="For how long it can be sent.")] = 30,
    home: HomeOption = None,
) -> None:
    """Write a customer's reorder workbook: its assortment with prices, ready to be filled in and sent back."""
    from cli.template import write_template

    raise typer.Exit(write_template(customer, out, as_of.date() if as_of else None, valid_days, home))


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option("--folder", metavar="DIR", help="Where to work; else a new one.")
    ] = None,
) -> None:
    """Drop the sample files into inboxes, run the flows, and show what became of each."""
    from cli.demo import run_demo

    raise typer.Exit(run_demo(folder))


@app.command()
def up(home: HomeOption = None) -> None:
    """Run everything in the foreground: Prefect server, flows and watchers. Stop with Ctrl-C."""
    from cli.up import run

    raise typer.Exit(run(home))


@app.command()
def orders(
    customer: CustomerOption = None, home: HomeOption = None, limit: LimitOption = 20, as_json: JsonOption = False
) -> None:
    """List the orders in the store."""
    from cli.lists import list_orders

    raise typer.Exit(list_orders(home, customer, limit, as_json))


@app.command()
def receipts(home: HomeOption = None, limit: LimitOption = 20, as_json: JsonOption = False) -> None:
    """List the files that were received, and what became of them."""
    from cli.lists import list_receipts

    raise typer.Exit(list_receipts(home, limit, as_json))


@partners.command("check")
def partners_check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH...]", help="Files; else all of the home.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Check partner files: every name known, every value possible, no identifier claimed twice."""
    from cli.administration import check_partners

    raise typer.Exit(check_partners(paths or [], home))


@partners.command("suggest")
def partners_suggest(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An order of this customer, as a table.")],
    customer: Annotated[str, typer.Option("--customer", metavar="ID", help="The account in the reference data.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write the partner file; else it is printed.")
    ] = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Propose a layout for a table never seen, with the evidence, as a partner file that a person confirms."""
    from cli.suggest import suggest_layout

    raise typer.Exit(suggest_layout(file, customer, out, home, as_json))


@data.command("load")
def data_load(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="CSV files, workbooks or folders of CSV.")],
    home: HomeOption = None,
) -> None:
    """Put reference data in force; earlier versions are kept."""
    from cli.administration import load_data

    raise typer.Exit(load_data(paths, home))


@db.command("upgrade")
def db_upgrade(home: HomeOption = None) -> None:
    """Create the tables of the store, or bring them up to date."""
    from cli.administration import upgrade_store

    raise typer.Exit(upgrade_store(home))


def main() -> None:
    """Run the command. What goes wrong ends in a sentence on standard error, not in a traceback."""
    from cli.failures import ours, reported
    from pipelines.exit_status import ExitStatus

    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        cast("Any", error).show()  # each kind of wrong usage has this method, and no class of them is public
        sys.exit(ExitStatus.WRONG_USAGE)
    except typer.Abort:
        sys.exit(_INTERRUPTED)
    except ours() as error:
        print(error, file=sys.stderr)  # noqa: T201 standard error is where a command complains
        sys.exit(ExitStatus.FAULT)
    except Exception as error:  # noqa: BLE001 the outermost door: a fault of ours becomes a report that can be sent
        print(reported(error), file=sys.stderr)  # noqa: T201
        sys.exit(ExitStatus.FAULT)


if __name__ == "__main__":
    main()
