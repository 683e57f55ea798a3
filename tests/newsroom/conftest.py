import pytest

from newsroom.receiver import make_secret
from newsroom.run import Newsroom

SECRET = make_secret(1)


@pytest.fixture(scope="module")
def newsroom():
    """A newsroom that published everything of its plan at once: 200 articles in a hundredth of a second."""
    with Newsroom(stories=200, rate=20, speed=1e5, seed=7, secret=SECRET) as running:
        yield running


@pytest.fixture
def waiting():
    """A newsroom that has published only its back catalogue."""
    with Newsroom(stories=20, rate=20, speed=1e5, seed=7, wait=True) as running:
        yield running
