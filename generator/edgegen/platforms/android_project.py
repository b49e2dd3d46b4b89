"""The Gradle root of an Android project, its README and its NOTICE: what they substitute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgegen.platforms import ProjectFacts
from edgegen.platforms.android_project_docs import documents
from edgegen.spec.model_spec import ModelSpec
from edgegen.versions import AGP, GRADLE, GRADLE_SHA256, JSPECIFY

# What Gradle refuses in a project's name, because it becomes the name of folders.
_NO_PROJECT_NAME: Final = '/\\:<>"?*|'


def context(spec: ModelSpec, facts: ProjectFacts) -> Mapping[str, object]:
    """What the overlay `project` substitutes."""
    return {
        "agp_version": AGP,
        "gradle_version": GRADLE,
        "gradle_sha256": GRADLE_SHA256,
        "jspecify_version": JSPECIFY,
        "gradle_name": gradle_name(facts.name, facts.slug),
        **documents(spec, facts),
    }


def gradle_name(name: str, slug: str) -> str:
    """`name` as Gradle's rootProject.name, which Android Studio shows; the slug where nothing of it is left."""
    kept = "".join(c for c in name if c not in _NO_PROJECT_NAME).strip(" .")
    return kept or slug
