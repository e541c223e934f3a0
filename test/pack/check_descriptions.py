"""Checks the descriptions of packs by published validators: check_descriptions.py FOLDER... > answers.json

Beside a description, FOLDER.csv holds a file for each input: its rows are checked against the table schema as well. The
context of RO-Crate comes from the package rocrate, so that no network is needed; it has that of 1.1, in which all that a
pack says has the same meaning."""

import json
import sys
from importlib import resources
from pathlib import Path

import requests
from frictionless import Package, Resource, Schema
from rocrate_validator.models import Severity
from rocrate_validator.services import ValidationSettings, validate
from rocrate_validator.utils.http import HttpRequester

CONTEXT = "https://w3id.org/ro/crate/1.2/context"


def answer(url, **_):
    response = requests.Response()
    response.url = url
    response.status_code = 200 if url == CONTEXT else 504
    response.headers["Content-Type"] = "application/ld+json"
    response._content = resources.files("rocrate").joinpath("data/ro-crate.jsonld").read_bytes()
    return response


def crate_issues(folder):
    settings = ValidationSettings(
        rocrate_uri=folder,
        profile_identifier="ro-crate-1.2",
        requirement_severity=Severity.RECOMMENDED,
        abort_on_first=False,
        offline=True,
    )
    HttpRequester().session.get = answer
    return [f"{issue.severity.name} {issue.message}" for issue in validate(settings).get_issues()]


def package_issues(folder):
    descriptor = json.loads(Path(folder, "datapackage.json").read_text())
    return [error.message for error in Package.metadata_validate(descriptor)]


def rows_of(folder):
    descriptor = json.loads(Path(folder, "datapackage.json").read_text())
    answers = {}
    for resource in descriptor["resources"]:
        file = Path(f"{folder}.csv", resource["path"])
        if not file.exists():
            continue
        table = Resource(path=str(file.relative_to(file.parent)), basepath=str(file.parent))
        table.schema = Schema.from_descriptor(resource["schema"])
        report = table.validate()
        errors = [note for task in report.tasks for error in task.errors for note in [error.message]]
        answers[resource["path"]] = {"rows": sum(task.stats.get("rows", 0) for task in report.tasks), "errors": errors}
    return answers


print(
    json.dumps(
        {
            folder: {"crate": crate_issues(folder), "package": package_issues(folder), "rows": rows_of(folder)}
            for folder in sys.argv[1:]
        }
    )
)
