"""What an analyst takes from the agreement pages: figures with their files."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page, expect
from pyarrow import parquet

PATIENCE = 60_000  # milliseconds; figures are computed by a job first


def saved(page: Page, of: str, kind: str) -> bytes:
    """The file behind an entry of a figure's or table's download menu."""
    page.get_by_role("button", name=f"Download: {of}", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("menuitem", name=kind, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def rows_of(page: Page, of: str) -> list[dict[str, str]]:
    """The numbers of a figure or table, from its CSV; its Parquet holds the same."""
    text = saved(page, of, "CSV").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    columns = parquet.read_table(io.BytesIO(saved(page, of, "Parquet"))).to_pylist()
    assert [plain(row.values()) for row in columns] == [plain(row.values()) for row in rows]
    return rows


def plain(values: Iterable[object]) -> list[str]:
    """Cells as text: numbers alike whether written or stored."""
    return ["" if value in (None, "") else _number(value) for value in values]


def _number(value: object) -> str:
    try:
        return repr(float(str(value)))
    except ValueError:
        return str(value)


def opened(page: Page, path: str) -> None:
    """Go there and wait until the figures are of now and levels of chance are there."""
    page.goto(path)
    expect(page.get_by_text("nothing has changed since")).to_be_visible(timeout=PATIENCE)
