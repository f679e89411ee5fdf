"""The first ten minutes of a researcher: sign in, bring images, watch the job, bring a classifier."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.installation import PASSWORD, Workshop, installation, small_tiles

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds; a limit for broken pages


def test_a_printed_link_leads_to_a_name_a_password_and_the_projects(
    context: BrowserContext, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with installation(tmp_path_factory.mktemp("first") / "data") as fresh:
        page = context.new_page()
        for _ in range(2):  # looking does not use the link up
            page.goto(fresh.link)
            expect(page.get_by_role("heading", name="Welcome")).to_be_visible(timeout=PATIENCE)
        page.get_by_label("Your name").fill("Ada")
        page.get_by_label("E-mail").fill("ada@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Set up and sign in").click()
        expect(page.get_by_role("heading", name="Projects")).to_be_visible(timeout=PATIENCE)
        page.goto(fresh.link)
        expect(page.get_by_text("was used")).to_be_visible(timeout=PATIENCE)


def test_a_zip_with_a_broken_image_is_imported_and_the_broken_file_named(
    owner_page: Page, workshop: Workshop, tmp_path: Path
) -> None:
    archive = tmp_path / "tiles.zip"
    archive.write_bytes(small_tiles())
    owner_page.goto(f"{workshop.address}/data-sets/new?project={workshop.project_id}")
    owner_page.set_input_files("input[type=file] >> nth=0", archive)
    owner_page.get_by_label("Name").fill("By hand")
    owner_page.get_by_role("button", name="Upload and import").click()

    expect(owner_page.get_by_text("broken.jpg")).to_be_visible(timeout=PATIENCE)
    expect(owner_page.get_by_text("172").first).to_be_visible(timeout=PATIENCE)


def test_a_job_shows_its_progress_until_it_is_finished(owner_page: Page, workshop: Workshop) -> None:
    owner_page.goto(f"{workshop.address}/jobs?project={workshop.project_id}")
    asked = workshop.owner.post(
        "/api/runs",
        json={
            "project_id": workshop.project_id,
            "classifier_id": workshop.classifier_id,
            "name": "Watched",
            "x_features": 3,
        },
    ).json()

    bar = owner_page.get_by_role("progressbar").first
    expect(bar).to_be_visible(timeout=PATIENCE)
    job = workshop.owner.get(f"/api/jobs/{asked['job_id']}").json()
    row = owner_page.locator("li, tr, article", has_text=job["title"]).first
    expect(row.get_by_text("finished").first).to_be_visible(timeout=240_000)
