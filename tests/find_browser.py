"""Find the Chromium the browser tests drive, or install it where the system allows that."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation", "fonts-dejavu-core")


def find_browser() -> str | None:
    """$GLOSSATOR_CHROMIUM, a Chromium of the system, or the one Playwright keeps."""
    chosen = os.environ.get("GLOSSATOR_CHROMIUM")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.is_file() else None


def _install() -> None:
    if os.getuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {', '.join(PACKAGES)} with apt-get for the browser tests …", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
        for command in (["apt-get", "update"], install):
            if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
                break
    if find_browser() is None:
        print("Installing Chromium with Playwright for the browser tests …", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    if find_browser() is None and not os.environ.get("GLOSSATOR_CHROMIUM"):
        _install()
    found = find_browser()
    if found is None:
        sys.exit(
            "No Chromium was found: set GLOSSATOR_CHROMIUM to one, install the package chromium, or run "
            "`.venv/bin/playwright install chromium`."
        )
    print(f"Browser tests use {found}")


if __name__ == "__main__":
    main()
