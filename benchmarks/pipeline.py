"""The whole way from a file to the committed store, beside the plain stack: ``make bench``.

One interchange of many clean orders is generated, and each side takes it in, in a process of its own, one after the
other on the same machine. Ours archives it, writes the receipt, reads, checks against catalogue and prices, decides
and commits orders, lines and outgoing work to SQLite; Prefect has no part in it. The plain stack is
``benchmarks/plain_stack.py``.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

# This process stays small: it starts the others and imports nothing of what they measure.
from benchmarks.measuring import Measured, measure, run

_MEMORY_AT = (1_000, 5_000)
_FULL_MEMORY_AT = (1_000, 5_000, 20_000)
_PLAIN_AT_MOST = 5_000
_FIRST = 10
"""Orders of the file that warms each side up."""


def main(given: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--orders", type=int, default=5_000, help="orders in the interchange (5,000)")
    parser.add_argument("--lines", type=int, default=20, help="lines of each order (20)")
    parser.add_argument("--full", action="store_true", help="look at the memory of 20,000 orders as well")
    arguments = parser.parse_args(given)
    sizes = sorted({*(_FULL_MEMORY_AT if arguments.full else _MEMORY_AT), arguments.orders})
    if arguments.orders < min(_MEMORY_AT):
        sizes = [arguments.orders]
    with tempfile.TemporaryDirectory(prefix="ordermill-bench-") as folder:
        found = {orders: _both(Path(folder), orders, arguments.lines, arguments.orders) for orders in sizes}
    _print_speed(arguments.orders, arguments.lines, *found[arguments.orders])
    _print_memory(found)


def _both(folder: Path, orders: int, lines: int, asked: int) -> tuple[Measured, Measured | None]:
    file = folder / f"{orders}.edi"
    first = folder / "first.edi"
    run("benchmarks.interchange", file, f"--orders={orders}", f"--lines={lines}")
    run("benchmarks.interchange", first, f"--orders={_FIRST}", f"--lines={lines}")
    ours = measure("benchmarks.ours", file, first, folder / f"ours-{orders}")
    wanted = orders <= _PLAIN_AT_MOST or orders == asked
    return ours, measure("benchmarks.plain_stack", file, first, folder / f"plain-{orders}") if wanted else None


def _print_speed(orders: int, lines: int, ours: Measured, plain: Measured | None) -> None:
    assert plain is not None
    print(f"From file to committed store: {orders:,} orders of {lines} lines in one interchange\n")
    print(f"{'':<13}{'seconds':>9}{'processor':>11}{'orders/s':>11}{'lines/s':>11}{'stored orders':>15}{'lines':>10}")
    for name, one in (("ordermill", ours), ("plain stack", plain)):
        speed = f"{one.orders_a_second:>11,.0f}{one.lines_a_second:>11,.0f}"
        print(f"{name:<13}{one.seconds:>9.1f}{one.processor:>11.1f}{speed}{one.orders:>15,}{one.lines:>10,}")
    by_clock, by_processor = ours.lines_a_second / plain.lines_a_second, plain.processor / ours.processor
    print(
        f"\nordermill takes {by_clock:.1f} times as many lines a second; by time of the processor {by_processor:.1f}.\n"
    )


def _print_memory(found: dict[int, tuple[Measured, Measured | None]]) -> None:
    print("Peak memory in MB, libraries included\n")
    print(f"{'orders':<13}" + "".join(f"{orders:>11,}" for orders in found))
    for name, side in (("ordermill", 0), ("plain stack", 1)):
        peaks = (measured[side] for measured in found.values())
        print(f"{name:<13}" + "".join(f"{one.peak / 1e6:>11,.0f}" if one else f"{'–':>11}" for one in peaks))


if __name__ == "__main__":
    main()
