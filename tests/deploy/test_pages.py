"""What the pages say of the code is so: functions, scripts and packages that they name exist."""

import re
import tomllib
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from wirewatch.store import keys

ROOT = Path(__file__).resolve().parents[2]
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`((?:crawler|workers|wirewatch|console)[\w.]*):([\w.]+)`", ARCHITECTURE)))


@pytest.mark.parametrize(("module", "name"), NAMED)
def test_a_function_on_the_architecture_page_exists(module, name):
    assert callable(reduce(getattr, name.split("."), import_module(module)))


def test_every_script_is_on_the_architecture_page():
    scripts = {path.name for path in (ROOT / "wirewatch/store/scripts").glob("*.lua")}
    assert set(re.findall(r"`(\w+\.lua)`", ARCHITECTURE)) == scripts, "docs/architecture.md names each script"


def test_every_key_is_on_the_architecture_page():
    table = ARCHITECTURE[ARCHITECTURE.index("## Keys") : ARCHITECTURE.index("## Decided differently")]
    told = {re.sub(r"[A-Z]+$", "", one.replace("PPP", "000")) for one in re.findall(r"`(ww:[^`]*)`", table)}
    assert told == {_key(value) for name, value in vars(keys).items() if _is_key(name, value)}


def _is_key(name, value):
    if callable(value):
        return getattr(value, "__module__", "") == keys.__name__
    return isinstance(value, str) and value.startswith("ww:")


def _key(value):
    if not callable(value):
        return value
    return value(0) if value.__code__.co_varnames[0] == "p" else value("")


def test_the_dependencies_page_names_what_the_project_needs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    told = re.findall(r"^\| `([\w.-]+)` \|", page, re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == {re.match(r"[\w.-]+", one)[0] for one in wanted}


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/deploying.md", "CONTRIBUTING.md"])
def test_files_that_a_page_names_exist(page):
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"`((?:deploy|docs|wirewatch|workers|crawler|console|tests)/[\w./@-]+)`", text))
    absent = {name for name in named if "NAME" not in name and not (ROOT / name).exists()}
    # These are made by whoever deploys.
    assert absent <= {"deploy/config", "deploy/secrets.env", "deploy/config/wirewatch.yaml"}
