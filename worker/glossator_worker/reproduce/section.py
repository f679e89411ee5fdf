"""A section of a Markdown file that a command owns, between two comments; the rest stays as it is."""

from pathlib import Path


def write_section(path: Path, name: str, text: str) -> None:
    """Put ``text`` between the section's comments, at the end of the file if it has none yet."""
    start, end = f"<!-- {name}: written by a command, do not edit -->", f"<!-- end of {name} -->"
    before = path.read_text(encoding="utf-8") if path.exists() else "# Reproduction\n"
    section = f"{start}\n\n{text.strip()}\n\n{end}"
    if start in before and end in before:
        head, _, rest = before.partition(start)
        _, _, tail = rest.partition(end)
        after = head + section + tail
    else:
        after = f"{before.rstrip()}\n\n{section}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(after, encoding="utf-8")
