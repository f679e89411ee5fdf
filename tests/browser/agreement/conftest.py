"""The five scripted annotators, once for all tests of the agreement pages."""

import pytest
from tests.browser.agreement.scripted import Played, played
from tests.browser.installation import Workshop


@pytest.fixture(scope="session")
def five(workshop: Workshop) -> Played:
    return played(workshop)
