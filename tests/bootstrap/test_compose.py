"""The compose file as far as it can be read without a container engine."""

import re

import yaml

from project.environment import ROOT

COMPOSE = (ROOT / "docker-compose.yml").read_text()


def test_no_secret_has_a_default():
    secrets = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(:?[-?])([^}]*)\}", COMPOSE)
    assert {name for name, _, _ in secrets} >= {"POSTGRES_PASSWORD", "ATODDS_SECRET_KEY"}
    for name, operator, text in secrets:
        must_be_set = operator == ":?" and f"set {name}" in text
        assert must_be_set or (name, operator, text) == ("ATODDS_ADMIN_PASSWORD", ":-", "")


def test_every_service_has_a_health_check_and_every_volume_is_declared():
    compose = yaml.safe_load(COMPOSE)
    for service in compose["services"].values():
        assert service["healthcheck"]["test"]
        named = {volume.split(":")[0] for volume in service["volumes"]}
        assert named <= set(compose["volumes"])


def test_web_is_reached_through_the_proxy_of_this_machine_only():
    for port in yaml.safe_load(COMPOSE)["services"]["web"]["ports"]:
        assert port.startswith("127.0.0.1:")


def test_image_runs_without_root_and_by_the_two_commands():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.findall(r"^USER (\w+)", dockerfile, re.MULTILINE)[-1] == "atodds"
    assert "manage.py up --setup-only" in dockerfile
    assert '"manage.py", "up", "--host"' in dockerfile


def test_image_has_the_static_files_built_in():
    """They lie outside of the data, which the build throws away and a volume covers."""
    dockerfile = (ROOT / "Dockerfile").read_text()
    folder = re.search(r"ATODDS_STATIC_DIR=(\S+)", dockerfile)
    assert folder[1].startswith("/app/")
    assert folder.start() < dockerfile.index("manage.py up --setup-only")
