import json
import re
from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def only(instructions, name):
    (found,) = [rest for one, rest in instructions if one == name]
    return found


def test_the_last_stage_starts_from_a_plain_image_and_installs_nothing(dockerfile):
    stages = [place for place, (name, _) in enumerate(dockerfile) if name == "FROM"]
    last = dockerfile[stages[-1] :]
    assert len(stages) == 2
    assert last[0] == ("FROM", "python:3.11-slim")
    assert not [
        rest for name, rest in last if name == "RUN" and re.search(r"\b(apt|apt-get|pip|gcc)\b", rest)
    ]


def test_both_stages_have_the_same_python(dockerfile):
    assert {rest.split()[0] for name, rest in dockerfile if name == "FROM"} == {"python:3.11-slim"}


def test_packages_come_from_the_lock_with_their_hashes(dockerfile):
    installs = [rest for name, rest in dockerfile if name == "RUN" and "pip install" in rest]
    locked, own = installs
    assert "--require-hashes -r /src/requirements.lock" in locked
    assert "--no-deps" in own
    assert "--no-build-isolation" in own
    pinned = re.findall(
        r"^\S+==\S+.*(?:\n {4}.*)*", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
    )
    assert pinned
    assert all("--hash=sha256:" in one for one in pinned)


def test_what_builds_the_project_is_locked_too():
    # Without build isolation the build system must be among the locked packages.
    assert re.search(r"^setuptools==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)


def test_it_runs_as_a_numbered_user_that_is_not_root(dockerfile):
    users = [place for place, (name, _) in enumerate(dockerfile) if name == "USER"]
    runs = [place for place, (name, _) in enumerate(dockerfile) if name in ("RUN", "COPY")]
    assert len(users) == 1
    assert users[0] > max(runs)
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", dockerfile[users[0]][1])


def test_the_user_owns_the_data_volume(dockerfile):
    user = only(dockerfile, "USER").partition(":")[0]
    volume = only(dockerfile, "VOLUME")
    assert volume == "/data"
    assert [
        rest for name, rest in dockerfile if name == "RUN" and f"--owner={user}" in rest and volume in rest
    ]
    # What changes a folder after VOLUME is lost.
    names = [name for name, _ in dockerfile]
    assert names.index("VOLUME") > max(place for place, name in enumerate(names) if name == "RUN")


def test_the_entrypoint_is_a_command_that_the_project_installs(dockerfile, scripts):
    (command,) = json.loads(only(dockerfile, "ENTRYPOINT"))
    assert command in {
        one.name for one in entry_points(group="console_scripts") if one.value == "console.cli:app"
    }
    assert (scripts / command).exists()
    assert json.loads(only(dockerfile, "CMD")) == ["run"]
    assert only(dockerfile, "STOPSIGNAL") == "SIGTERM"


def test_the_context_holds_all_that_the_project_is_built_from():
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    packages = re.search(r"include = \[(.*)\]", project)[1].replace('"', "").replace("*", "").split(", ")
    assert kept == {"requirements.lock", "pyproject.toml", "README.md", "LICENSE", *packages}
    assert all((ROOT / name).exists() for name in kept)
