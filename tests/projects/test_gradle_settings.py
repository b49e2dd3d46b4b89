"""Settings are edited by two lines, found again and taken out byte for byte; what is not understood is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgegen.errors import ProjectError
from edgegen.projects.gradle_settings import plan, settings_file, without
from edgegen.projects.text_edit import Edit

STUDIO_KTS = """\
pluginManagement {
    repositories {
        google {
            content {
                includeGroupByRegex("com\\\\.android.*")
            }
        }
        gradlePluginPortal()
    }
}
dependencyResolutionManagement {
    repositoriesMode.set(RepositoriesMode.FAIL_ON_PROJECT_REPOS)
    repositories {
        google()
        mavenCentral()
    }
}

rootProject.name = "My Application"
include(":app")
 """

FLUTTER = """\
pluginManagement {
    def flutterSdkPath = {
        def properties = new Properties()
        file("local.properties").withInputStream { properties.load(it) }
        return properties.getProperty("flutter.sdk")
    }()

    includeBuild("$flutterSdkPath/packages/flutter_tools/gradle")
}

plugins {
    id "com.android.application" version "8.7.0" apply false
}

include ":app"
"""

REACT_NATIVE = """\
pluginManagement { includeBuild("../node_modules/@react-native/gradle-plugin") }
plugins { id("com.facebook.react.settings") }
extensions.configure(com.facebook.react.ReactSettingsExtension){ ex -> ex.autolinkLibrariesFromCommand() }
rootProject.name = 'Sample'
include ':app'
includeBuild('../node_modules/@react-native/gradle-plugin')
"""


def edited(folder: Path, text: str | bytes, name: str = "settings.gradle", module: str = "model") -> Edit:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    edit = plan(path, module)
    path.write_bytes(edit.after)
    assert plan(path, module).after == edit.after, "editing twice is editing once"
    assert without(path, module, edit.insertions).after == edit.before, "undone byte for byte"
    return edit


def lines_added(edit: Edit) -> list[str]:
    """The lines that came; nothing else may have changed."""
    before, after = edit.before.decode().splitlines(), edit.after.decode().splitlines()
    added = []
    for line in after:
        if before and line == before[0]:
            before.pop(0)
        else:
            added.append(line)
    assert not before, "a line of the user's was changed"
    return added


def refused(folder: Path, text: str | bytes, name: str = "settings.gradle") -> ProjectError:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ProjectError) as caught:
        plan(path, "model")
    assert path.read_bytes() == (text if isinstance(text, bytes) else text.encode())
    return caught.value


def test_android_studios_kotlin_settings_get_two_lines(tmp_path: Path) -> None:
    edit = edited(tmp_path, STUDIO_KTS, "settings.gradle.kts")
    assert lines_added(edit) == ['    includeBuild("model/edgegen-plugin")', 'include(":model")']
    text = edit.after.decode()
    assert text.startswith('pluginManagement {\n    includeBuild("model/edgegen-plugin")\n    repositories {')
    assert text.endswith('include(":app")\ninclude(":model")\n ')


def test_flutters_settings_keep_their_closure_and_quotes(tmp_path: Path) -> None:
    assert lines_added(edited(tmp_path, FLUTTER)) == ['    includeBuild("model/edgegen-plugin")', 'include ":model"']


def test_a_block_in_one_line_stays_one_line(tmp_path: Path) -> None:
    text = edited(tmp_path, REACT_NATIVE).after.decode()
    assert text.startswith(
        'pluginManagement { includeBuild("model/edgegen-plugin"); includeBuild("../node_modules/@react'
    )
    assert "include ':app'\ninclude ':model'\nincludeBuild('../node" in text


@pytest.mark.parametrize("block", ["pluginManagement {}", "pluginManagement { }", "pluginManagement {\n}"])
def test_an_empty_block_is_filled(tmp_path: Path, block: str) -> None:
    text = edited(tmp_path, f"{block}\ninclude ':app'\n").after.decode()
    assert "".join(text.split()).startswith('pluginManagement{includeBuild("model/edgegen-plugin")}include')


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("include ':app'\n", "pluginManagement {\n    includeBuild"),
        ("// ours\n\ninclude ':app'\n", "// ours\n\npluginManagement {"),
        (
            "/* a\n\n * licence\n */\n\n// the modules\ninclude ':app'\n",
            "/* a\n\n * licence\n */\n\npluginManagement {",
        ),
        ("// the modules\ninclude ':app'\n", "pluginManagement {"),
        ("import a.B\nimport c.D\n\ninclude ':app'\n", "import a.B\nimport c.D\n\npluginManagement {"),
        ("import a.B", "import a.B\npluginManagement {"),
        ("#!/usr/bin/env gradle\ninclude ':app'\n", "#!/usr/bin/env gradle\npluginManagement {"),
        ("plugins { id 'x' version '1' }\ninclude ':app'\n", "pluginManagement {"),
    ],
)
def test_a_block_of_our_own_comes_before_every_statement(tmp_path: Path, text: str, start: str) -> None:
    assert edited(tmp_path, text).after.decode().startswith(start)


def test_kotlins_file_annotation_and_imports_stay_first(tmp_path: Path) -> None:
    text = '@file:Suppress("UnstableApiUsage")\nimport java.util.Properties\n\nrootProject.name = "x"\n'
    edit = edited(tmp_path, text, "settings.gradle.kts")
    assert edit.after.decode() == (
        '@file:Suppress("UnstableApiUsage")\nimport java.util.Properties\n'
        '\npluginManagement {\n    includeBuild("model/edgegen-plugin")\n}\n'
        '\nrootProject.name = "x"\ninclude(":model")\n'
    )


@pytest.mark.parametrize(
    ("include", "added"),
    [
        ("include ':app', ':lib'", "include ':model'"),
        ("include ':app',\n        ':lib' // two", "include ':model'"),
        ('include(":app", ":lib",)', 'include(":model")'),
        ("include(\n    ':app',\n    ':lib'\n)", "include(':model')"),
        ("settings.include ':app'", "include ':model'"),
        ("    include 'app'; println 1", "    include ':model'"),
        ("include ':app' /* and\n more */", "include ':model'"),
        ("if (true) {\n    include ':app'\n}", 'include(":model")'),
        ("rootProject.name = 'x'", 'include(":model")'),
        ("include ':app'; println(\n    1)", "include ':model'"),
        ("include ':app'; def text = '''\n    1'''", "include ':model'"),
        ("include(':app')\n    .toString()", 'include(":model")'),
    ],
)
def test_the_module_follows_the_last_include_in_its_style(tmp_path: Path, include: str, added: str) -> None:
    edit = edited(tmp_path, f"pluginManagement {{\n}}\n{include}\n// end\n")
    assert lines_added(edit)[-1] == added
    assert edit.after.decode().index(added) > edit.after.decode().index(include)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", " // end"])
@pytest.mark.parametrize("module", ["model", "vision-2"])
def test_marks_line_ends_and_last_lines_stay(tmp_path: Path, mark: bytes, eol: str, end: str, module: str) -> None:
    text = ("pluginManagement {\n\trepositories { google() }\n}\n// Größe\ninclude ':app'" + end).replace("\n", eol)
    edit = edited(tmp_path, mark + text.encode(), module=module)
    assert edit.after.startswith(mark + b"pluginManagement")
    assert (b"\n" not in edit.after.replace(b"\r\n", b"")) == (eol == "\r\n")
    assert f'{eol}\tincludeBuild("{module}/edgegen-plugin"){eol}'.encode() in edit.after
    assert edit.after.endswith((f"{end}" if "//" in end else "").replace("\n", eol).encode()) or end == " // end"


def test_bytes_that_are_no_utf8_pass_through(tmp_path: Path) -> None:
    assert b"// Gr\xf6\xdfe\n" in edited(tmp_path, b"// Gr\xf6\xdfe\ninclude ':app'\n").after


@pytest.mark.parametrize(
    "hidden",
    [
        '// include(":model") { pluginManagement {',
        "/* pluginManagement { includeBuild('model/edgegen-plugin') } */",
        "def a = 'include \":model\" {{{'",
        'def b = "}}} ${ [1, 2].collect { "${it} }" } } \\" {"',
        "def c = '''\ninclude ':model'\n{'''",
        'def d = """pluginManagement {\n" ""{"""',
        "def e = name =~ /[{\"']+/",
        "def f = $/ { ' $$ /$",
        "def g = 4 / 2 / 1",
    ],
)
def test_strings_and_comments_are_no_code(tmp_path: Path, hidden: str) -> None:
    edit = edited(tmp_path, f"{hidden}\ninclude ':app'\n")
    assert 'includeBuild("model/edgegen-plugin")' in "".join(lines_added(edit))
    assert "include ':model'" in lines_added(edit)


@pytest.mark.parametrize(
    "hidden",
    [
        "/* nested /* { */ still { */",
        'val a = """raw \\ { "quotes" { ${ if (true) "{" else "}" } """"',
        "val b = '\"'",
        "val `a { b` = 1",
        'val c = "${"${"}"}"}"',
    ],
)
def test_kotlins_own_strings_and_comments_are_no_code(tmp_path: Path, hidden: str) -> None:
    edit = edited(tmp_path, f'{hidden}\ninclude(":app")\n', "settings.gradle.kts")
    assert lines_added(edit)[-1] == 'include(":model")'


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("include(*modules)\n", "computes which modules", 1),
        ("\nfile('.').eachDir { include it.name }\n", "computes which modules", 2),
        ('include ":$name"\n', "computes which modules", 1),
        ("include ':a', other\n", "computes which modules", 1),
        ('listOf(":a").forEach(::include)\n', "computes which modules", 1),
        ("include ':app'\nif (x) {\n", "'{' is never closed", 2),
        ("include ':app'\n}\n", "'}' closes nothing", 2),
        ("include ':app\n", "a string has no end", 1),
        ("/* \ninclude ':app'\n", "a comment has no end", 1),
        ("apply from: 'gradle/plugins.gradle'\ninclude ':app'\n", "applies another script", 1),
        ("settings.pluginManagement.repositories { google() }\n", "in a way edgegen does not know", 1),
        ("include ':model'\nproject(':model').projectDir = file('other')\n", "in a folder it names", 2),
        ("i\0n\0", "is not UTF-8 text", 1),
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_paste(
    tmp_path: Path, text: str, problem: str, line: int
) -> None:
    error = refused(tmp_path, text)
    assert problem in error.problem
    assert error.where == f"{tmp_path / 'settings.gradle'}:{line}"
    assert 'includeBuild("model/edgegen-plugin")' in error.hint
    assert 'include(":model")' in error.hint


def test_what_was_pasted_makes_refused_settings_good(tmp_path: Path) -> None:
    text = "pluginManagement { includeBuild('./model/edgegen-plugin') }\ninclude(*modules)\ninclude(':model')\n"
    path = tmp_path / "settings.gradle"
    path.write_text(text)
    assert plan(path, "model").insertions == ()


def test_an_applied_script_is_no_obstacle_beside_an_own_block(tmp_path: Path) -> None:
    text = "pluginManagement {\n}\napply from: 'more.gradle'\ninclude ':app'\n"
    assert lines_added(edited(tmp_path, text))[-1] == "include ':model'"


def test_there_must_be_one_settings_file(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there is no settings"):
        settings_file(tmp_path)
    (tmp_path / "settings.gradle.kts").touch()
    assert settings_file(tmp_path).name == "settings.gradle.kts"
    (tmp_path / "settings.gradle").touch()
    with pytest.raises(ProjectError, match="reads only the first"):
        settings_file(tmp_path)


def changed(folder: Path, change: tuple[str, str], name: str = "settings.gradle.kts") -> bytes:
    """Settings that were edited, changed by the user, and freed of our lines."""
    edit = edited(folder, STUDIO_KTS, name)
    path = folder / name
    text = edit.after.decode()
    assert change[0] in text
    path.write_bytes(text.replace(*change).encode())
    return without(path, "model", edit.insertions).after


def test_undoing_keeps_what_the_user_changed_since(tmp_path: Path) -> None:
    name = ("My Application", "Their Application with a longer name")
    assert changed(tmp_path, name).decode() == STUDIO_KTS.replace(*name)
    further = ('include(":app")\n', 'include(":app")\ninclude(":lib")\n')
    assert changed(tmp_path, further).decode() == STUDIO_KTS.replace(*further)
    # Line ends as Git may check them out, and another indentation.
    assert changed(tmp_path, ("\n", "\r\n")) == STUDIO_KTS.replace("\n", "\r\n").encode()
    assert changed(tmp_path, ("    includeBuild", "\tincludeBuild")).decode() == STUDIO_KTS
    # A file from which our lines are gone already.
    assert changed(tmp_path, ('    includeBuild("model/edgegen-plugin")\n', "")).decode() == STUDIO_KTS


def test_undoing_refuses_a_line_that_says_more(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="in a line that says more") as caught:
        changed(tmp_path, ('include(":model")', 'include(":model", ":lib")'))
    assert "by hand" in caught.value.hint
