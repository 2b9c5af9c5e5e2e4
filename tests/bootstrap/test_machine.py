"""What the machine offers to the tests."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from project.machine import find_browser, find_postgres, scratch_postgres


def test_named_browser_comes_first(monkeypatch, tmp_path):
    browser = tmp_path / "my-browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(browser))
    assert find_browser() == str(browser)


def test_named_browser_that_is_missing_is_not_replaced(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    assert find_browser() is None


def test_scratch_cluster_speaks_utf8_and_leaves_nothing():
    binaries = find_postgres()
    if binaries is None and not os.environ.get("CI"):
        pytest.skip("no PostgreSQL server here")
    with scratch_postgres(binaries) as address:
        connection = psycopg2.connect(address)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('data_directory'), current_setting('server_encoding')")
            data, encoding = cursor.fetchone()
        connection.close()
        assert encoding == "UTF8"
        assert Path(data).is_dir()
    assert not Path(data).parent.exists()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(host="127.0.0.1", port=urlsplit(address).port, user="postgres", dbname="postgres")
